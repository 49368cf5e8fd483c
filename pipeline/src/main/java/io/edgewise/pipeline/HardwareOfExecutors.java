package io.edgewise.pipeline;

import io.edgewise.model.torch.Hardware;
import io.edgewise.spark.model.ModelSource;
import io.edgewise.spark.model.TaskHardware;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/** The job that asks the executors what they compute on: a short task for each of their slots. */
public record HardwareOfExecutors(ModelSource model) {

    /** The kinds of hardware, each once, in the order of their names; one kind on a cluster of equal machines. */
    public List<Hardware> execute(JavaSparkContext context) {
        int slots = context.defaultParallelism();
        try (StageNames names = StageNames.of(context, "asks what executors compute on")) {
            return context
                    .parallelize(IntStream.range(0, slots).boxed().toList(), slots)
                    .map(new TaskHardware(model))
                    .collect()
                    .stream()
                    .distinct()
                    .sorted(Comparator.comparing(Hardware::kind))
                    .toList();
        }
    }
}
