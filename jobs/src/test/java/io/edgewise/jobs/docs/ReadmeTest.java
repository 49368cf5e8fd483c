package io.edgewise.jobs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.command.EdgewiseCommand;
import io.edgewise.jobs.docs.Walkthrough.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README tells a newcomer to type. */
class ReadmeTest {
    @TempDir
    private Path temporary;

    private static List<Step> steps;

    @BeforeAll
    static void read() throws IOException {
        String blocks = Files.readString(Path.of("../README.md"))
                .lines()
                .filter(line -> line.startsWith("    "))
                .collect(Collectors.joining("\n"));
        steps = Walkthrough.commands(blocks);
    }

    @Test
    void everyCommandIsOneWithItsOptions() {
        assertThat(steps).extracting(step -> step.words().get(0)).contains("demo", "study", "score", "sweep", "report");
        assertThat(steps).allSatisfy(step -> EdgewiseCommand.parser()
                .parseArgs(step.words().toArray(String[]::new)));
    }

    /** The demo itself has tests of its own. */
    @Tag("slow")
    @Test
    void ownPromptsAreScoredMeasuredAndReported() {
        Predicate<Step> isHere = step -> step.words().stream().anyMatch(word -> word.startsWith("out/"));
        List<Step> here = steps.stream().filter(isHere).toList();
        assertThat(here).extracting(step -> step.words().get(0)).contains("study", "score", "sweep", "report");
        Walkthrough walkthrough = new Walkthrough(temporary);
        here.forEach(walkthrough::run);
        assertThat(walkthrough.here("out/ioi.html")).isNotEmptyFile();
        String scores = "prune_scores.safetensors";
        assertThat(walkthrough.here("out/ioi/ioi/mask_gradient/score").resolve(scores))
                .as("the study's step and the command of its name")
                .hasSameBinaryContentAs(walkthrough.here("out/ioi-scores").resolve(scores));
    }
}
