package io.edgewise.jobs.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.DemoRun;
import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.jobs.results.Overlap;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts that score and measure are found by their tokens. */
class OverlapTest {
    @TempDir
    private Path temporary;

    @Test
    void promptsThatScoredAreSaidWhereverTheyStand() {
        Path sweep = temporary.resolve("sweep");
        CommandRun run = CommandRun.of(CommandRun.ofIoi(
                "sweep",
                sweep,
                "--skip",
                "120",
                "--limit",
                "20",
                "--scores",
                DemoRun.once().of("ioi", "score").toString(),
                "--edge-counts",
                "0",
                "--bootstrap",
                "0"));
        assertThat(run.status()).as(run.err()).isZero();

        JsonNode manifest = ManifestFile.read(sweep.toString());
        assertThat(manifest.at("/overlap/prompts").asInt()).isEqualTo(8);
        assertThat(manifest.at("/overlap/of").asInt()).isEqualTo(20);
        assertThat(Overlap.in(manifest).orElseThrow())
                .startsWith("8 of the 20 prompts that measure circuits scored the edges too");
    }

    @Test
    void theDemosPromptsAreApart() {
        JsonNode manifest = ManifestFile.read(DemoRun.once().of("ioi", "sweep").toString());
        assertThat(manifest.at("/overlap/prompts").asInt(-1)).isZero();
        assertThat(manifest.at("/overlap/of").asInt()).isEqualTo(128);
        assertThat(Overlap.in(manifest)).isEmpty();
    }
}
