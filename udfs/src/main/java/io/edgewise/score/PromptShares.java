package io.edgewise.score;

import io.edgewise.prompt.PromptPair;

/** Takes what each prompt adds to the scores. */
@FunctionalInterface
public interface PromptShares {
    /**
     * Takes a prompt's share, once for each prompt of a batch, in their order.
     *
     * @param scores one number per edge, in canonical order; the array may be used again by who gave it
     */
    void add(PromptPair prompt, double[] scores);
}
