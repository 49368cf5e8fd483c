package io.edgewise.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that says it has a GPU, number 1, where there is none. */
@Tag("slow")
class GpuSchedulingTest {
    private static final String MASTER = "local-cluster[1,1,1024]";

    @TempDir
    private static Path temporary;

    private static Map<String, String> properties = Map.of();
    private static @Nullable SparkSession spark;

    @BeforeAll
    static void pretend() throws IOException {
        Path script = temporary.resolve("discover.sh");
        Files.writeString(script, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"1\"]}'\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        properties = Map.of(
                "spark.worker.resource.gpu.amount", "1",
                "spark.worker.resource.gpu.discoveryScript", script.toString(),
                "spark.executor.resource.gpu.amount", "1",
                "spark.task.resource.gpu.amount", "1",
                "spark.task.maxFailures", "1",
                "spark.executor.extraClassPath", System.getProperty("java.class.path"),
                "spark.ui.enabled", "false");
        properties.forEach(System::setProperty);
        SharedSpark.stop();
        spark = SparkSession.builder().master(MASTER).getOrCreate();
    }

    @AfterAll
    static void endPretending() {
        spark.stop();
        properties.keySet().forEach(System::clearProperty);
    }

    @Test
    void theGpuThatSparkGivesATaskIsTheOneThatIsAskedForAndMissed() throws IOException {
        Path events = temporary.resolve("events.jsonl");
        CommandRun run = score("on-gpu", "--events", events.toString());
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.complaints())
                .singleElement()
                .asString()
                .startsWith("edgewise: Spark gave executor 0 GPU 1, but PyTorch sees none there: ");
        assertThat(temporary.resolve("on-gpu")).doesNotExist();
        List<String> lines = Files.readAllLines(events);
        assertThat(lines.get(lines.size() - 1)).contains("\"event\":\"failed\",", "\"exit_status\":2", "GPU 1");
    }

    @Test
    void onTheProcessorItRunsAllTheSame() {
        CommandRun run = score("on-cpu", "--device", "cpu");
        assertThat(run.status()).as(run.err()).isZero();
    }

    private CommandRun score(String out, String... options) {
        String[] arguments = {
            "score",
            "--model",
            CommandRun.MODEL,
            "--prompts",
            CommandRun.IOI,
            "--limit",
            "4",
            "--out",
            temporary.resolve(out).toString()
        };
        return CommandRun.on(MASTER, CommandRun.with(arguments, options));
    }
}
