package io.edgewise.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.SharedSpark;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials reach no file and no log. */
class SecretsTest {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG";
    private static final String SETTING = "spark.hadoop.fs.s3a.secret.key";

    @TempDir
    private Path temporary;

    @AfterEach
    void takeBack() {
        System.clearProperty(SETTING);
    }

    @Tag("slow")
    @Test
    void thoseOfTheSettingsAreInNothingThatARunLeaves() throws Exception {
        SharedSpark.stop();
        System.setProperty(SETTING, SECRET);
        Path out = temporary.resolve("out");
        Path events = temporary.resolve("events.jsonl");
        CommandRun study = CommandRun.of(CommandRun.ofIoi(
                "study", out, "--limit", "8", "--edge-counts", "0,262", "--verbose", "--events", events.toString()));
        assertThat(study.status()).as(study.err()).isZero();
        assertTellsNothing(study);
        Files.delete(out.resolve("ioi/mask_gradient/score/prune_scores.safetensors"));
        assertTellsNothing(CommandRun.of(CommandRun.ofIoi(
                "sweep",
                temporary.resolve("sweep"),
                "--scores",
                out.resolve("ioi/mask_gradient/score").toString(),
                "--verbose",
                "--events",
                events.toString())));
        assertThat(events).content().contains("completed");
        assertThat(out.resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void thoseOfAnAddressAreRefusedAndNotTold() throws Exception {
        String address = "file://key:" + SECRET + "@bucket" + temporary.resolve("place");
        for (String option : new String[] {"--model", "--prompts", "--out"}) {
            CommandRun run = CommandRun.of(
                    CommandRun.with(CommandRun.ofIoi("score", temporary.resolve("out"), "--verbose"), option, address));
            assertThat(run.status()).isEqualTo(2);
            assertTellsNothing(run);
        }
        assertThat(temporary).isEmptyDirectory();
    }

    private void assertTellsNothing(CommandRun run) throws Exception {
        assertThat(run.out() + run.err()).doesNotContain(SECRET);
        try (Stream<Path> files = Files.walk(temporary)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(SECRET);
            }
        }
    }
}
