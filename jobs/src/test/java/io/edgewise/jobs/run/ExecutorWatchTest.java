package io.edgewise.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster whose worker has one core, and executors that want two: none ever comes. */
@Tag("slow")
class ExecutorWatchTest {
    private static final String MASTER = "local-cluster[1,1,1024]";
    private static final Map<String, String> PROPERTIES =
            Map.of("spark.executor.cores", "2", "spark.ui.enabled", "false");
    private static final String ASKED = "asked for executors of 1 GiB, 2 cores; ";

    @TempDir
    private Path temporary;

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        PROPERTIES.forEach(System::setProperty);
        SharedSpark.stop();
        spark = SparkSession.builder().master(MASTER).getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
        PROPERTIES.keySet().forEach(System::clearProperty);
    }

    @Test
    void itSaysSoAndAgainAfterTwiceAsLongAndGivesUp() throws IOException {
        Path file = temporary.resolve("events.jsonl");
        List<String> lines = new CopyOnWriteArrayList<>();
        Patience patience = new Patience(Duration.ofMillis(100), Duration.ofSeconds(3));
        try (RunEvents events = RunEvents.open(file.toString(), "run");
                ExecutorWatch watch = new ExecutorWatch(spark.sparkContext(), patience, lines::add)) {
            watch.tell(events);
            assertThatThrownBy(() -> spark.range(1).count())
                    .hasStackTraceContaining("no executor came in 3 s: " + ASKED);
        }
        assertThat(lines)
                .hasSizeBetween(2, 3)
                .allMatch(line -> line.startsWith("No executor for ") && line.contains(ASKED));
        List<String> told = Files.readAllLines(file);
        assertThat(told).hasSameSizeAs(lines);
        JsonNode event = new ObjectMapper().readTree(told.get(0));
        assertThat(event.path("event").asText()).isEqualTo("waiting");
        assertThat(event.path("message").asText()).isEqualTo(lines.get(0));
        assertThat(event.at("/asked/cores").asInt()).isEqualTo(2);
        assertThat(event.at("/asked/memory_mib").asInt()).isEqualTo(1024);
    }

    @Test
    void aCommandGivesUpWhenItWasToldTo() {
        CommandRun run = CommandRun.on(
                MASTER,
                CommandRun.ofIoi("score", temporary.resolve("out"), "--limit", "4", "--wait-for-executors", "1s"));
        assertThat(run.status()).isEqualTo(Failures.FAILED);
        assertThat(run.complaints())
                .singleElement()
                .asString()
                .startsWith("edgewise: Failed: no executor came in 1 s: " + ASKED);
        assertThat(temporary.resolve("out")).doesNotExist();
    }
}
