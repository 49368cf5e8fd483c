package io.edgewise.jobs.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Scores of the demo's first 128 IOI prompts, in a directory where what is made of them lies beside them. */
record ScoredDemo(Path directory) {

    static ScoredDemo in(Path directory) {
        ScoredDemo demo = new ScoredDemo(directory);
        CommandRun.done(CommandRun.ofIoi("score", demo.scores(), "--limit", "128"));
        return demo;
    }

    Path scores() {
        return directory.resolve("scores");
    }

    /** The score of each edge of the table {@code edges/}. */
    Map<String, Double> edges() {
        return CommandRun.table(scores().resolve("edges"), table -> table.collectAsList().stream()
                .collect(Collectors.toMap(
                        row -> row.getAs("source") + "->" + row.getAs("destination"),
                        row -> row.<Double>getAs("score"))));
    }

    /** Runs the export command, and says where the result is. */
    Path export(String format, String name, String... options) {
        Path out = directory.resolve(name);
        List<String> args = new ArrayList<>(
                List.of("export", "--scores", scores().toString(), "--format", format, "--out", out.toString()));
        args.addAll(List.of(options));
        CommandRun.done(args.toArray(new String[0]));
        return out;
    }

    /** Measures circuits of some scores on the prompts after those that made them. */
    static CommandRun sweep(Path scores, Path out, String... options) {
        String[] args = CommandRun.ofIoi("sweep", out, "--skip", "128", "--scores", scores.toString());
        return CommandRun.of(CommandRun.with(args, options));
    }
}
