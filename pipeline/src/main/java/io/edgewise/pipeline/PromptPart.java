package io.edgewise.pipeline;

import static org.apache.spark.sql.functions.conv;
import static org.apache.spark.sql.functions.substring;

import org.apache.spark.sql.Column;

/**
 * A part of a set of prompts, such as that which scores edges or that which measures circuits. A prompt's key decides: its first 32 bits as a
 * share of 2^32. So a prompt is in the same part in every run and file, and a prompt that occurs twice is never in two parts.
 *
 * @param from the smallest share in this part
 * @param to the smallest share that is larger than those in this part
 */
public record PromptPart(double from, double to) {
    private static final int DIGITS = 8;
    private static final double TUNING = 0.2;

    /** All prompts. */
    public static final PromptPart ALL = new PromptPart(0, 1);

    public PromptPart {
        if (!(0 <= from && from < to && to <= 1)) {
            throw new IllegalArgumentException("A part goes from a share to a larger one, got " + from + " and " + to);
        }
    }

    /** The part that scores edges: the first of two. */
    public static PromptPart scoring(double share) {
        return new PromptPart(0, share);
    }

    /** The part that measures circuits: the second of two. */
    public static PromptPart measuring(double share) {
        return new PromptPart(share, 1);
    }

    /** The fifth of this part that chooses between circuits before the rest measures. */
    public PromptPart tuning() {
        return new PromptPart(from, from + TUNING * (to - from));
    }

    /** This part without those prompts. */
    public PromptPart afterTuning() {
        return new PromptPart(tuning().to, to);
    }

    /** Whether a row of parsed prompts is in this part. */
    Column holds() {
        Column hash = substring(PromptKey.of(), 1, DIGITS);
        Column place = conv(hash, 16, 10).cast("double").divide(Math.pow(16, DIGITS));
        return place.geq(from).and(place.lt(to));
    }
}
