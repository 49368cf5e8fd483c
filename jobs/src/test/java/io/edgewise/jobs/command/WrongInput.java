package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Commands that would work but for what a test gives them, and what has to be true where they are refused. */
record WrongInput(Path temporary) {

    Path out() {
        return temporary.resolve("out");
    }

    void refused(String message, String... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.complaints()).as(run.err()).singleElement().asString().contains(message);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(out()).doesNotExist();
        assertThat(temporary.toFile().list((directory, name) -> name.contains("incomplete")))
                .isEmpty();
    }

    /** A score command that would work, with options added or changed. */
    String[] score(String... changed) {
        return command(
                changed, "score", "--model", CommandRun.MODEL, "--prompts", CommandRun.IOI, "--out", out().toString());
    }

    String[] sweep(Path scores, String... changed) {
        return command(
                changed,
                "sweep",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                CommandRun.IOI,
                "--limit",
                "2",
                "--scores",
                scores.toString(),
                "--out",
                out().toString());
    }

    private static String[] command(String[] changed, String... usual) {
        List<String> args = new ArrayList<>(List.of(usual));
        List<String> changes = List.of(changed);
        for (int i = 0; i + 1 < changes.size(); i++) {
            int at = args.indexOf(changes.get(i));
            if (at > 0) {
                args.remove(at + 1);
                args.remove(at);
            }
        }
        args.addAll(changes);
        return args.toArray(new String[0]);
    }

    String file(String name, String content) throws IOException {
        Path file = temporary.resolve(name);
        Files.writeString(file, content);
        return file.toString();
    }

    Path copyOfModel() throws IOException {
        Path copy = Files.createDirectories(temporary.resolve("model"));
        try (Stream<Path> files = Files.list(CommandRun.demo("model"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
        }
        return copy;
    }

    List<String> siblings() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("prompts.json"))
                    .toList();
        }
    }
}
