package io.edgewise.jobs.options;

import io.edgewise.jobs.input.KnownEdges;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of a known circuit. */
public final class KnownEdgesOption {
    @Option(
            names = "--known-edges",
            paramLabel = "FILE",
            description =
                    "A known circuit, one edge name per line or a JSON list: the scores of --method ground_truth; a sweep adds"
                            + " roc/, how well the scores tell its edges from the others.")
    private @Nullable String file;

    /** The names of its edges; empty where none was given. */
    public List<String> edges() {
        return file == null ? List.of() : KnownEdges.read(file);
    }
}
