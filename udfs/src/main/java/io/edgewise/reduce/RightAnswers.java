package io.edgewise.reduce;

import java.io.Serializable;

/**
 * How often the whole model is right on some prompts; with several output positions, the share of them counts.
 *
 * @param clean clean prompts on which an answer beats the wrong answers
 * @param corrupt corrupt prompts on which it does; {@link #UNKNOWN} where some prompts have none
 * @param prompts prompts with right and wrong answers; 0 where nobody counted
 */
public record RightAnswers(double clean, double corrupt, long prompts) implements Serializable {
    /** The number that nobody can count: not a number. */
    public static final double UNKNOWN = Double.NaN;

    /** Where nobody counted. */
    public static final RightAnswers NONE = new RightAnswers(0, 0, 0);

    /** The counts of these prompts and of others. */
    public RightAnswers with(RightAnswers more) {
        return new RightAnswers(clean + more.clean, corrupt + more.corrupt, prompts + more.prompts);
    }
}
