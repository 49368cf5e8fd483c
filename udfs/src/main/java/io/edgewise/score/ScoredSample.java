package io.edgewise.score;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores, and how far the prompts let them be believed.
 *
 * @param sizes of the circuits that were looked at, in edges
 * @param inclusion for each size the share of replicates whose circuit has an edge, {@code [size][edge]}
 * @param stability of the circuit of each size
 * @param groups the scores of each group of prompts; null where there are no groups
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScoredSample(
        PruneScores scores,
        ScoreErrors errors,
        List<Integer> sizes,
        double[][] inclusion,
        List<Stability> stability,
        @Nullable GroupScores groups) {
    public ScoredSample {
        sizes = List.copyOf(sizes);
        stability = List.copyOf(stability);
    }

    /** The same with the scores of groups. */
    public ScoredSample with(GroupScores ofGroups) {
        return new ScoredSample(scores, errors, sizes, inclusion, stability, ofGroups);
    }
}
