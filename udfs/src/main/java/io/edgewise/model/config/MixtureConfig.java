package io.edgewise.model.config;

import io.edgewise.InputException;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;

/**
 * The mixtures of experts that blocks have in place of an MLP.
 *
 * @param experts of one block
 * @param chosen how many of them a token has
 * @param width hidden width of one expert
 * @param normalizes whether the weights of a token's experts are divided by their sum
 * @param sharedWidth hidden width of an expert that every token has besides; 0 for none
 * @param blocks for each block, whether it has a mixture
 */
public record MixtureConfig(
        int experts, int chosen, int width, boolean normalizes, int sharedWidth, List<Boolean> blocks)
        implements Serializable {
    private static final int MOST_EXPERTS = 100_000;

    public MixtureConfig {
        blocks = List.copyOf(blocks);
        long all = (long) experts * Collections.frequency(blocks, true);
        if (all > MOST_EXPERTS) {
            throw new InputException("A model has at most " + MOST_EXPERTS + " experts in all, got " + all);
        }
        if (chosen > experts) {
            throw new InputException("A token has at most all " + experts + " experts, got " + chosen);
        }
    }

    /** Hidden width of all experts together that a token has. */
    public long widthOfToken() {
        return (long) chosen * width + sharedWidth;
    }
}
