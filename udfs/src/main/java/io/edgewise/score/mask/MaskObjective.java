package io.edgewise.score.mask;

import io.edgewise.ablation.AblationActivations;
import io.edgewise.prompt.PromptSide;
import java.io.Serializable;

/**
 * What masks are trained to do.
 *
 * @param isTree whether the clean prompts run and masks ablate edges that aren't in the circuit; else the corrupt prompts run and masks patch
 *     those that are; AutoCircuit's {@code tree_optimisation}
 * @param ablation what an edge with mask 1 carries
 * @param sharesDraws whether all prompts of a step have the same masks where masks are random
 * @param dropout the share of masks that are 0 in each step, the others being larger by as much
 */
public record MaskObjective(
        MaskFunction function,
        FaithfulnessTarget target,
        boolean isTree,
        AblationActivations ablation,
        boolean sharesDraws,
        double dropout,
        long seed)
        implements Serializable {

    /** The prompts that run. */
    PromptSide input() {
        return isTree ? PromptSide.CLEAN : PromptSide.CORRUPT;
    }

    MaskNoise noise() {
        return new MaskNoise(seed);
    }
}
