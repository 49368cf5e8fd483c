package io.edgewise.jobs.files;

import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.OutputSlice;
import io.edgewise.model.TransformerConfig;
import io.edgewise.spark.ModelSource;
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
 */
public record ModelSetup(ModelFiles files, GraphSpec spec, OutputSlice slice) {

    public TransformerConfig config() {
        return files.config();
    }

    public ModelGraph graph() {
        return config().graph(spec);
    }

    /** How executors find it. A task's operations use as many threads as Spark gives it CPUs. */
    public ModelSource source(SparkSession spark) {
        int threads = Integer.parseInt(spark.sparkContext().getConf().get("spark.task.cpus", "1"));
        return new ModelSource(files.uri(), threads, spec, slice, List.of());
    }

    /** The options that made it, for a manifest. */
    public Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("separate-qkv", String.valueOf(spec.separateQkv()));
        options.put("kv-edges", spec.keyValueEdges().name().toLowerCase(Locale.ROOT));
        options.put("factorized", String.valueOf(spec.factorized()));
        if (spec.seqLen() != null) {
            options.put("seq-len", spec.seqLen().toString());
        }
        options.put("slice-output", slice.name().toLowerCase(Locale.ROOT));
        return options;
    }
}
