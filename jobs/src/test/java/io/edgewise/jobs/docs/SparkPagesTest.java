package io.edgewise.jobs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.DemoPrompts;
import io.edgewise.jobs.command.SharedSpark;
import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.jobs.run.Session;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark's pages show of a run, with the settings of {@code conf/spark/prometheus.conf}. */
class SparkPagesTest {
    private static final String COUNTERS = "metrics_edgewise_driver_plugin_io_edgewise_jobs_run_RunMetrics_";

    @TempDir
    private static Path temporary;

    private static final Names NAMES = new Names();
    private static final Map<String, Long> COUNTED = new HashMap<>();
    private static String executors;

    @BeforeAll
    static void run() throws Exception {
        Properties settings = new Properties();
        try (var file = Files.newBufferedReader(Path.of("../conf/spark/prometheus.conf"))) {
            settings.load(file);
        }
        settings.setProperty("spark.master", "local[2]");
        settings.setProperty("spark.ui.port", "0");
        settings.setProperty("spark.executor.memoryOverhead", "84m"); // less than batches of four prompts need
        SharedSpark.stop(); // one that ends hears of all that happened
        settings.forEach((name, value) -> System.setProperty(name.toString(), value.toString()));
        try (Session session = Session.ofCommand("pages")) {
            session.spark().sparkContext().addSparkListener(NAMES);
            String page = session.spark().sparkContext().uiWebUrl().get();
            Map<String, Long> before = counters(page);
            CommandRun.done(
                    "score",
                    "--model",
                    CommandRun.MODEL,
                    "--prompts",
                    prompts(),
                    "--batch-size",
                    "4",
                    "--ablation-type",
                    "TOKENWISE_MEAN_CORRUPT",
                    "--out",
                    temporary.resolve("out").toString());
            counters(page).forEach((name, count) -> COUNTED.put(name, count - before.get(name)));
            executors = get(page + "/metrics/executors/prometheus/");
        } finally {
            settings.stringPropertyNames().forEach(System::clearProperty);
        }
    }

    /** Twelve prompts, and one that has no answer. */
    private static String prompts() throws IOException {
        List<ObjectNode> prompts = DemoPrompts.first("ioi", 13);
        prompts.get(5).putArray("answers");
        return DemoPrompts.write(prompts, temporary.resolve("prompts.json")).toString();
    }

    private static Map<String, Long> counters(String page) throws Exception {
        Map<String, Long> counters = new HashMap<>();
        Pattern.compile(COUNTERS + "(\\w+)_Count\\{type=\"counters\"} (\\d+)")
                .matcher(get(page + "/metrics/prometheus/"))
                .results()
                .forEach(match -> counters.put(match.group(1), Long.valueOf(match.group(2))));
        return counters;
    }

    private static String get(String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void jobsAndStagesAreNamedAfterTheWork() {
        assertThat(NAMES.stages).contains("score of 3 batches", "mean of 3 batches", "self-check on one batch");
        assertThat(NAMES.jobs).contains("score of 3 batches", "mean of 3 batches", "writes edges", "writes rejected");
    }

    @Test
    void prometheusIsShownWhatTheRunDidAndWhatExecutorsUse() {
        int split = ManifestFile.read(temporary.resolve("out").toString())
                .at("/split_batches/score")
                .asInt();
        assertThat(split).isPositive();
        assertThat(COUNTED)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "batches", 6L,
                        "batches_done", 6L,
                        "batches_split", (long) split,
                        "prompts_done", 12L,
                        "prompts_rejected", 1L));
        assertThat(executors).contains("metrics_executor_totalTasks_total{");
    }

    @Test
    void theClustersPageNamesEveryCounter() throws IOException {
        assertThat(Path.of("../docs/howto/cluster-with-gpus.md"))
                .content()
                .contains(COUNTERS)
                .satisfies(page -> assertThat(COUNTED.keySet())
                        .allSatisfy(name -> assertThat(page).contains("`" + name + "_Count`")));
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
