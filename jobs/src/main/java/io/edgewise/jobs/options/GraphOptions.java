package io.edgewise.jobs.options;

import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.GraphSpec.KeyValueEdges;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.model.config.OutputSlice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which edges a model has, and at which positions its output counts. */
public final class GraphOptions {
    @Option(
            names = "--separate-qkv",
            arity = "1",
            paramLabel = "true|false",
            description =
                    "Whether a head's query, key and value inputs have edges of their own; else the head has one input"
                            + " (default: true).")
    private @Nullable Boolean separateQkv;

    @Option(
            names = "--kv-edges",
            paramLabel = "head|group",
            description =
                    "Where query heads share keys and values: give key and value inputs with edges of their own to each head, or"
                            + " to each group (default: head).")
    private @Nullable KeyValueEdges kvEdges;

    @Option(
            names = "--factorized",
            arity = "1",
            paramLabel = "true|false",
            description =
                    "Whether edges run from every source to every later destination; else, for node ablation, from"
                            + " one stage of the residual stream to the next (default: true).")
    private @Nullable Boolean factorized;

    @Option(
            names = "--seq-len",
            paramLabel = "N",
            description = "Give each of the N token positions of every prompt edges of its own (default: shared).")
    private @Nullable Integer seqLen;

    @Option(
            names = "--slice-output",
            paramLabel = "POSITIONS",
            description = "Positions whose logits count: ${COMPLETION-CANDIDATES} (default: last_seq).")
    private @Nullable OutputSlice sliceOutput;

    /** The edges that the options ask for, for any model. */
    public GraphSpec spec() {
        return spec(GraphSpec.DEFAULT);
    }

    /** The edges of {@code otherwise}, changed by the options that were given. */
    public GraphSpec spec(GraphSpec otherwise) {
        return new GraphSpec(
                factorized == null ? otherwise.factorized() : factorized,
                separateQkv == null ? otherwise.separateQkv() : separateQkv,
                kvEdges == null ? otherwise.keyValueEdges() : kvEdges,
                seqLen == null ? otherwise.seqLen() : seqLen);
    }

    /** The setup {@code otherwise}, changed by the options that were given. */
    public ModelSetup setup(ModelSetup otherwise) {
        return otherwise.with(spec(otherwise.spec()), sliceOutput == null ? otherwise.slice() : sliceOutput);
    }
}
