package io.edgewise.score;

import io.edgewise.prompt.PromptPair;

/** A receiver of what each prompt adds to the scores. */
@FunctionalInterface
public interface PromptShares {
    /**
     * Takes a prompt's share. It is called once for each prompt of a batch, in their order.
     *
     * @param scores one number per edge, in canonical order; the caller may reuse the array
     */
    void add(PromptPair prompt, double[] scores);
}
