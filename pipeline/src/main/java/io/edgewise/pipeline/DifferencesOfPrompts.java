package io.edgewise.pipeline;

import io.edgewise.circuit.SetDifferences;
import io.edgewise.reduce.BatchVector;
import io.edgewise.spark.batch.DifferencesOfBatch;
import io.edgewise.spark.batch.FirstBatches;
import io.edgewise.spark.batch.PieceSizes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The answer differences of some prompts with each of some sets of edges, brought to the driver.
 *
 * @param sizes how many prompts run at once
 * @param most about how many prompts; the first ones are used
 */
public record DifferencesOfPrompts(SetDifferences differences, PieceSizes sizes, int most) {

    /** {@code [set][prompt]}, in the order of the batches. */
    public double[][] execute(PromptBatches.Result prompts) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(
                prompts.batches().sparkSession().sparkContext());
        double ofBatch = (double) prompts.promptCount() / prompts.batchCount();
        Broadcast<SetDifferences> shared = context.broadcast(differences);
        try (StageNames names = StageNames.of(context, "tests of a circuit")) {
            List<BatchVector> batches = new ArrayList<>(prompts.batches()
                    .toJavaRDD()
                    .filter(new FirstBatches((int) Math.ceil(most / ofBatch)))
                    .map(new DifferencesOfBatch(prompts.model(), shared, sizes))
                    .collect());
            batches.sort(Comparator.comparingInt(BatchVector::batchIndex));
            return IntStream.range(0, differences.sets().size())
                    .mapToObj(set -> ofSet(batches, set))
                    .toArray(double[][]::new);
        } finally {
            shared.destroy();
        }
    }

    private static double[] ofSet(List<BatchVector> batches, int set) {
        return batches.stream()
                .flatMapToDouble(batch -> IntStream.range(set * batch.prompts(), (set + 1) * batch.prompts())
                        .mapToDouble(place -> batch.values()[place]))
                .toArray();
    }
}
