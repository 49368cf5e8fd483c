package io.edgewise.jobs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.command.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Does what a page tells its reader to do, from the top of the page to its end, with results in a directory of the test's: runs
 * every command of Edgewise in its {@code sh} blocks, and writes the blocks that a comment {@code <!-- file: NAME -->} precedes.
 *
 * @param place where {@code out/} lies
 */
public record Walkthrough(Path place) {
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- file: (\\S+) -->\\n)?```(\\w+)\\n(.*?)```", Pattern.DOTALL);
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    /** A command of a page: its words, {@code edgewise} left out. */
    public record Step(List<String> words) {}

    /** The commands in a text: lines that begin with edgewise, or where spark-submit runs it, joined where they end in a backslash. */
    public static List<Step> commands(String text) {
        List<Step> steps = new ArrayList<>();
        for (String line : text.replaceAll("\\\\\\n\\s*", "").lines().toList()) {
            String command = line.strip();
            if (command.startsWith("spark-submit ")) {
                command = "edgewise" + command.substring(command.indexOf("edgewise.jar") + "edgewise.jar".length());
            }
            if (command.matches("(\\./)?edgewise .*")) {
                List<String> words = new ArrayList<>(List.of(command.split("\\s+#", 2)[0].split("\\s+", -1)));
                steps.add(new Step(words.subList(1, words.size())));
            }
        }
        return steps;
    }

    /** Follows a page. */
    List<Step> follow(Path page) throws IOException {
        List<Step> done = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(Files.readString(page));
        while (blocks.find()) {
            if (blocks.group(1) != null) {
                Path file = here(blocks.group(1));
                Files.createDirectories(file.getParent());
                Files.writeString(file, blocks.group(3));
            } else if ("sh".equals(blocks.group(2))) {
                for (Step step : commands(blocks.group(3))) {
                    run(step);
                    done.add(step);
                }
            }
        }
        return done;
    }

    /** Runs a command, which has to end well. */
    public void run(Step step) {
        String[] arguments =
                step.words().stream().map(word -> path(word).toString()).toArray(String[]::new);
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.status()).as("%s: %s", step.words(), run.err()).isZero();
    }

    private Object path(String word) {
        return word.startsWith("conf/") ? HOME.resolve(word) : word.startsWith("out/") ? here(word) : word;
    }

    /** Where a page's {@code out/...} is. */
    public Path here(String name) {
        return place.resolve(name);
    }
}
