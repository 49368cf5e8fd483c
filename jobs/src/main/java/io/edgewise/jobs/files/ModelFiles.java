package io.edgewise.jobs.files;

import io.edgewise.graph.ModelGraph;
import io.edgewise.model.Checkpoint;
import io.edgewise.model.TransformerConfig;
import io.edgewise.spark.ModelSource;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * A model directory that was checked: its configuration is supported and its weights are whole.
 *
 * @param fingerprint of its configuration and weights
 */
public record ModelFiles(Path directory, TransformerConfig config, String fingerprint) {

    public static ModelFiles open(Path directory) {
        Checkpoint checkpoint = Checkpoint.open(directory);
        String config = Fingerprint.of(local(directory.resolve("config.json")));
        String weights = Fingerprint.of(local(checkpoint.file()));
        return new ModelFiles(directory, checkpoint.config(), Fingerprint.ofText(config + weights));
    }

    /** Hadoop's paths are not percent-encoded, as a Java URI is. */
    private static String local(Path file) {
        return "file:" + file;
    }

    public ModelGraph graph() {
        return config.graph();
    }

    /** How executors find it. A task's operations use as many threads as Spark gives it CPUs. */
    public ModelSource source(SparkSession spark) {
        int threads = Integer.parseInt(spark.sparkContext().getConf().get("spark.task.cpus", "1"));
        return new ModelSource(directory.toString(), threads);
    }
}
