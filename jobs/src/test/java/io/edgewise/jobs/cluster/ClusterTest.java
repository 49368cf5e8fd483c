package io.edgewise.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.SharedSpark;
import io.edgewise.jobs.input.ScoreFile;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same two jobs in executors of their own, each a JVM, with everything serialised on the way. */
class ClusterTest {
    @TempDir
    private Path temporary;

    @Tag("slow")
    @Test
    void twoExecutorsGiveTheSameBytesAsOneCore() {
        Path local = run("local[1]", temporary.resolve("local"));
        System.setProperty("spark.executor.extraClassPath", System.getProperty("java.class.path"));
        System.setProperty("spark.ui.enabled", "false");
        try {
            Path cluster = onOneCluster("local-cluster[2,1,1024]", temporary.resolve("cluster"));
            assertThat(cluster.resolve("scores/" + ScoreFile.NAME))
                    .hasSameBinaryContentAs(local.resolve("scores/" + ScoreFile.NAME));
            assertThat(measurements(cluster)).isEqualTo(measurements(local));
        } finally {
            System.clearProperty("spark.executor.extraClassPath");
            System.clearProperty("spark.ui.enabled");
        }
    }

    private static String measurements(Path directory) {
        return CommandRun.table(
                directory.resolve("sweep/measurements"),
                table -> String.join("\n", table.toJSON().collectAsList()));
    }

    /** Both jobs on the Spark that runs, so that executors start once. */
    private static Path onOneCluster(String master, Path directory) {
        SharedSpark.stop();
        SparkSession spark = SparkSession.builder().master(master).getOrCreate();
        try {
            return run(master, directory);
        } finally {
            spark.stop();
        }
    }

    private static Path run(String master, Path directory) {
        CommandRun score = CommandRun.on(
                master,
                "score",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                CommandRun.IOI,
                "--limit",
                "40",
                "--batch-size",
                "8",
                "--out",
                directory.resolve("scores").toString());
        assertThat(score.status()).as(score.err()).isZero();
        CommandRun sweep = CommandRun.on(
                master,
                "sweep",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                CommandRun.IOI,
                "--skip",
                "40",
                "--limit",
                "40",
                "--batch-size",
                "8",
                "--edge-counts",
                "0,20,60,262",
                "--scores",
                directory.resolve("scores").toString(),
                "--out",
                directory.resolve("sweep").toString());
        assertThat(sweep.status()).as(sweep.err()).isZero();
        return directory;
    }
}
