package io.edgewise.jobs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.SharedSpark;
import io.edgewise.jobs.run.Session;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark's pages show of a run. */
class SparkPagesTest {
    @TempDir
    private Path temporary;

    @Test
    void jobsAndStagesAreNamedAfterTheWork() {
        Names names = new Names();
        SharedSpark.stop(); // one that ends hears of all that happened
        System.setProperty("spark.master", "local[2]");
        try (Session session = Session.ofCommand("pages")) {
            session.spark().sparkContext().addSparkListener(names);
            CommandRun.done(
                    "score",
                    "--model",
                    CommandRun.MODEL,
                    "--prompts",
                    CommandRun.IOI,
                    "--limit",
                    "12",
                    "--batch-size",
                    "4",
                    "--ablation-type",
                    "TOKENWISE_MEAN_CORRUPT",
                    "--out",
                    temporary.resolve("out").toString());
        } finally {
            System.clearProperty("spark.master");
        }
        assertThat(names.stages).contains("score of 3 batches", "mean of 3 batches", "self-check on one batch");
        assertThat(names.jobs).contains("score of 3 batches", "mean of 3 batches", "writes edges", "writes rejected");
    }

    private static final class Names extends SparkListener {
        private final Set<String> stages = Collections.synchronizedSet(new LinkedHashSet<>());
        private final Set<String> jobs = Collections.synchronizedSet(new LinkedHashSet<>());

        @Override
        public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
            stages.add(submitted.stageInfo().name());
        }

        @Override
        public void onJobStart(SparkListenerJobStart started) {
            jobs.add(String.valueOf(started.properties().getProperty("spark.job.description")));
        }
    }
}
