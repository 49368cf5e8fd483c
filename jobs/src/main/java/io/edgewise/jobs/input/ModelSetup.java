package io.edgewise.jobs.input;

import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.torch.ComputeType;
import io.edgewise.spark.model.DeviceRule;
import io.edgewise.spark.model.ModelSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * A model and how it is made patchable.
 *
 * @param spec which edges it has
 * @param slice positions whose logits count
 * @param type of the matrices and their products
 * @param device what tasks compute on
 */
public record ModelSetup(ModelFiles files, GraphSpec spec, OutputSlice slice, ComputeType type, DeviceRule device) {

    /** The default setup: all edges, the last position's logits, float32, and the device that Spark gives. */
    public static ModelSetup of(ModelFiles files) {
        return new ModelSetup(files, GraphSpec.DEFAULT, OutputSlice.LAST_SEQ, ComputeType.FLOAT32, DeviceRule.AUTO);
    }

    /** The same model with other edges, or other positions that count. */
    public ModelSetup with(GraphSpec otherSpec, OutputSlice otherSlice) {
        return new ModelSetup(files, otherSpec, otherSlice, type, device);
    }

    public TransformerConfig config() {
        return files.config();
    }

    public ModelGraph graph() {
        return config().graph(spec);
    }

    /** The model as executors find it. A task's operations use as many threads as Spark gives it CPUs. */
    public ModelSource source(SparkSession spark) {
        int threads = Integer.parseInt(spark.sparkContext().getConf().get("spark.task.cpus", "1"));
        return new ModelSource(files.uri(), type, device, threads, spec, slice, List.of());
    }

    /** The options of this setup, for a manifest. */
    public Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("separate-qkv", String.valueOf(spec.separateQkv()));
        options.put("kv-edges", spec.keyValueEdges().name().toLowerCase(Locale.ROOT));
        options.put("factorized", String.valueOf(spec.factorized()));
        if (spec.seqLen() != null) {
            options.put("seq-len", spec.seqLen().toString());
        }
        options.put("slice-output", slice.name().toLowerCase(Locale.ROOT));
        options.put("dtype", type.name().toLowerCase(Locale.ROOT));
        return options;
    }
}
