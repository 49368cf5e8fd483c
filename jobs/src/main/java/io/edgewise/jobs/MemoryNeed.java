package io.edgewise.jobs;

import io.edgewise.graph.GraphSpec;
import io.edgewise.model.ComputeType;
import io.edgewise.model.NormConfig;
import io.edgewise.model.TransformerConfig;

/**
 * How much native memory scoring a batch takes. Counted are the arrays that are alive at once in float32; the counts of a block's
 * were fitted to measured peaks of models of four families, in batches of 128 to 512 tokens, at masks 0 and 0.5, to which they come within 20%.
 *
 * @param tokens a prompt
 */
record MemoryNeed(TransformerConfig config, GraphSpec spec, int batchSize, int tokens) {
    private static final long FLOAT = 4;
    /** Residual-sized arrays that a block keeps for the backward pass: what its norms and projections save, taps, sums. */
    private static final long KEPT_A_BLOCK = 21;
    /** More where norms are made of several operations. */
    private static final long KEPT_BY_RMS_NORMS = 5;
    /** MLP-sized arrays that a gate keeps. */
    private static final long KEPT_BY_A_GATE = 3;
    /** Arrays as large as all heads' inputs together while gradients are pulled back to them. */
    private static final long WHILE_PULLED_BACK = 3;

    /** The weights, mapped from their file or converted. */
    long weightBytes(ComputeType type) {
        return Math.multiplyExact(config.parameters(), type.bytes());
    }

    /** The outputs of all sources. */
    long sourceBytes() {
        return config.graph(spec).sources().size() * residualElements() * FLOAT;
    }

    /** What scoring adds to the weights, for each batch that is scored at once. */
    long scoreBytes() {
        long rows = (long) batchSize * tokens;
        long attention = (long) batchSize * config.heads() * tokens * tokens;
        long ofBlock = keptResiduals() * residualElements()
                + keptHidden() * rows * config.mlp().width()
                + attention;
        long heads = WHILE_PULLED_BACK * 3 * config.heads() * residualElements();
        long logits = 4L * batchSize * config.outputVocabulary();
        return 2 * sourceBytes() + (config.blocks() * ofBlock + heads + logits) * FLOAT;
    }

    private long residualElements() {
        return (long) batchSize * tokens * config.modelWidth();
    }

    private long keptResiduals() {
        boolean isRms =
                config.norm().type() == NormConfig.Type.RMS || config.norm().type() == NormConfig.Type.RMS_PLUS_ONE;
        return KEPT_A_BLOCK + (isRms ? KEPT_BY_RMS_NORMS : 0);
    }

    /** MLP-sized arrays that a block keeps: hidden values, and the steps of the activation. */
    private long keptHidden() {
        long ofActivation =
                switch (config.mlp().activation()) {
                    case GELU_NEW -> 9;
                    case SILU -> 5;
                    case GELU -> 4;
                    case RELU -> 3;
                };
        return ofActivation + (config.mlp().isGated() ? KEPT_BY_A_GATE : 0);
    }
}
