package io.edgewise.jobs.options;

import io.edgewise.InputException;
import picocli.CommandLine.Option;

/** Which edges a model has, and at which positions its output counts. */
public final class GraphOptions {
    @Option(
            names = "--slice-output",
            defaultValue = "last_seq",
            description = "Positions whose logits count: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private OutputSlice sliceOutput;

    @Option(
            names = "--separate-qkv",
            arity = "1",
            defaultValue = "true",
            paramLabel = "true",
            description =
                    "A head's query, key and value input each have edges of their own (default: ${DEFAULT-VALUE}).")
    private boolean separateQkv;

    @Option(
            names = "--factorized",
            arity = "1",
            defaultValue = "true",
            paramLabel = "true",
            description = "Edges from every source to every later destination (default: ${DEFAULT-VALUE}).")
    private boolean factorized;

    /** Positions whose logits count. */
    public enum OutputSlice {
        LAST_SEQ
    }

    /** Refuses what this version can't do. */
    public void check() {
        if (!separateQkv || !factorized || sliceOutput != OutputSlice.LAST_SEQ) {
            throw new InputException((separateQkv ? "--factorized" : "--separate-qkv")
                    + " false is not supported by this version; give true");
        }
    }
}
