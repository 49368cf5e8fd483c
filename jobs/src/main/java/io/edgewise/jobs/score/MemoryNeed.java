package io.edgewise.jobs.score;

import io.edgewise.graph.GraphSpec;
import io.edgewise.model.config.NormConfig;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.torch.ComputeType;
import io.edgewise.model.weights.WeightLayout;

/**
 * An estimate of the native memory that scoring a batch takes. It counts the float32 arrays that are alive at once. The counts for a block
 * were fitted to measured peaks of models of four families, in batches of 128 to 768 tokens, at mask 0, at 0.5 and at six masks at once;
 * the estimates are within 22% of these.
 *
 * @param tokens tokens per prompt
 */
public record MemoryNeed(TransformerConfig config, GraphSpec spec, int batchSize, int tokens) {
    private static final long FLOAT = 4;
    /** How many residual-sized arrays a block keeps for the backward pass: those that its norms and projections save, taps and sums. */
    private static final long KEPT_A_BLOCK = 26;
    /** How many more it keeps where a norm takes several operations. */
    private static final long KEPT_BY_RMS_NORMS = 5;
    /** How many MLP-sized arrays a gate keeps. */
    private static final long KEPT_BY_A_GATE = 3;
    /** How many more it keeps where what is written is normed too. */
    private static final long KEPT_BY_POST_NORMS = 4;
    /** How many bytes of gradients at heads' inputs are made at a time, or more for one prompt. */
    private static final long PULLED_BACK_AT_A_TIME = 24L << 20;
    /** How many arrays of all inputs of a block's heads are there at once. */
    private static final long INPUTS_OF_HEADS = 5;
    /** What PyTorch and its libraries use in addition. */
    private static final long BESIDES = 40L << 20;

    /** The weights, mapped from their file or converted. */
    public long weightBytes(ComputeType type) {
        return Math.multiplyExact(WeightLayout.parameters(config), type.bytes());
    }

    /** The outputs of all sources. */
    public long sourceBytes() {
        return config.graph(spec).sources().size() * residualElements() * FLOAT;
    }

    /** What scoring adds to the weights, for each batch that is scored at once. */
    public long scoreBytes() {
        long rows = (long) batchSize * tokens;
        long attention = (long) batchSize * config.heads() * tokens * tokens;
        long ofBlocks = config.blocks() * (keptResiduals() * residualElements() + attention)
                + keptHidden() * rows * config.hiddenWidth();
        long headsOfPrompt = 3L * config.heads() * tokens * config.modelWidth() * FLOAT;
        long heads = Math.min(batchSize * headsOfPrompt, Math.max(headsOfPrompt, PULLED_BACK_AT_A_TIME));
        long logits = 4L * batchSize * config.outputVocabulary();
        return 2 * sourceBytes() + (ofBlocks + logits) * FLOAT + heads + BESIDES;
    }

    /**
     * What training a mask of its own for every edge adds to the weights, for each batch at once: a third array of all sources, for their
     * gradients, and the inputs of a block's heads one by one, as they are read, normed and given gradients.
     */
    public long maskBytes() {
        long inputs = INPUTS_OF_HEADS * 3 * config.heads() * residualElements() * FLOAT;
        return Math.addExact(scoreBytes(), Math.addExact(sourceBytes(), inputs));
    }

    private long residualElements() {
        return (long) batchSize * tokens * config.modelWidth();
    }

    private long keptResiduals() {
        boolean isRms =
                config.norm().type() == NormConfig.Type.RMS || config.norm().type() == NormConfig.Type.RMS_PLUS_ONE;
        return KEPT_A_BLOCK + (isRms ? KEPT_BY_RMS_NORMS : 0) + (config.norm().isAfter() ? KEPT_BY_POST_NORMS : 0);
    }

    /** How many MLP-sized arrays a block keeps: hidden values, and the steps of the activation. */
    private long keptHidden() {
        long ofActivation =
                switch (config.mlp().activation()) {
                    case SILU, QUICK_GELU -> 4;
                    case GELU_NEW, GELU, RELU, TANH -> 3;
                };
        return ofActivation + (config.mlp().isGated() ? KEPT_BY_A_GATE : 0);
    }
}
