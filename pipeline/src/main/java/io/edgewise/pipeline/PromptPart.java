package io.edgewise.pipeline;

import static org.apache.spark.sql.functions.conv;
import static org.apache.spark.sql.functions.substring;

import org.apache.spark.sql.Column;

/**
 * One of the two parts of a set of prompts: one scores edges, the other measures circuits. A prompt's key decides: its first 32 bits as a
 * share of 2^32. So a prompt is in the same part in every run and file, and a prompt that occurs twice is never in both parts.
 *
 * @param share of the prompts that score edges, greater than 0 and less than 1
 * @param isScoring whether this is the part that scores
 */
public record PromptPart(double share, boolean isScoring) {
    private static final int DIGITS = 8;

    /** Whether a row of parsed prompts is in this part. */
    Column holds() {
        Column hash = substring(PromptKey.of(), 1, DIGITS);
        Column place = conv(hash, 16, 10).cast("double").divide(Math.pow(16, DIGITS));
        return isScoring ? place.lt(share) : place.geq(share);
    }
}
