package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.docs.Walkthrough;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelpTest {
    private static final List<String> COMMANDS =
            List.of("demo", "inspect", "score", "sweep", "report", "export", "check-submission", "ablations", "bench");

    @TempDir
    private Path temporary;

    private static String help(String... command) {
        String[] words = new String[command.length + 1];
        System.arraycopy(command, 0, words, 0, command.length);
        words[command.length] = "--help";
        CommandRun run = CommandRun.of(words);
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        return run.out();
    }

    @Test
    void everyCommandIsListedAndFitsATerminal() {
        assertThat(help()).contains(COMMANDS).contains("Exit status:");
        for (String command : COMMANDS) {
            assertThat(help(command).lines()).as(command).allMatch(line -> line.length() <= 80);
            assertThat(help(command)).startsWith("Usage: edgewise " + command + " ");
        }
    }

    @Test
    void valuesAreNamedAsUsersTypeThem() {
        assertThat(help("study"))
                .contains("mask_gradient", "logprob", "not_first_seq", "TOKENWISE_MEAN_CORRUPT", "TREE_PATCH")
                .doesNotContain("MASK_GRADIENT", "LOGPROB", "NOT_FIRST_SEQ", "ABSOLUTE");
    }

    /** One after another: later ones read what earlier ones wrote. */
    @Tag("slow")
    @Test
    void everyExampleRunsAsItStands() throws IOException {
        Walkthrough walkthrough = new Walkthrough(temporary);
        Files.createDirectories(walkthrough.here("out"));
        Files.createSymbolicLink(walkthrough.here("out/demo"), DemoRun.once().out());
        List<Walkthrough.Step> run = new ArrayList<>();
        for (String command : COMMANDS) {
            String help = help(command);
            List<Walkthrough.Step> examples = Walkthrough.commands(help.substring(help.indexOf("Examples:")));
            assertThat(examples).as(command).isNotEmpty();
            if (!command.equals("demo")) { // has tests of its own
                examples.forEach(walkthrough::run);
            }
            run.addAll(examples);
        }
        assertThat(run).hasSizeGreaterThan(COMMANDS.size());
        assertThat(temporary.resolve("out/ioi.html")).isNotEmptyFile();
        assertThat(temporary.resolve("out/ioi.svg")).isNotEmptyFile();
    }

    /** As a shell asks for it when the tab key is pressed. */
    @Test
    void aShellCompletesCommandsOptionsAndValues() throws IOException, InterruptedException {
        CommandRun made = CommandRun.of("generate-completion");
        assertThat(made.status()).isZero();
        Path script = Files.writeString(temporary.resolve("completion"), made.out());
        assertThat(completed(script, "edgewise", "sw")).containsExactly("sweep");
        assertThat(completed(script, "edgewise", "score", "--integ")).containsExactly("--integrated-grad-samples");
        assertThat(completed(script, "edgewise", "sweep", "--patch-type", "TREE"))
                .containsExactly("TREE_PATCH");
    }

    private static List<String> completed(Path script, String... words) throws IOException, InterruptedException {
        String asked = "source '" + script + "'; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
                + (words.length - 1) + "; COMP_LINE='" + String.join(" ", words)
                + "'; COMP_POINT=${#COMP_LINE}; _complete_edgewise; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("bash", "-c", asked)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .toList();
        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return lines;
    }
}
