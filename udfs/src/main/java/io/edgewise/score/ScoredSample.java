package io.edgewise.score;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores, with their errors over the choice of prompts.
 *
 * @param scores of edges, or of nodes or neurons
 * @param sizes the sizes of the circuits that were examined, in edges, or in nodes or neurons
 * @param inclusion for each size and edge, the share of replicates whose circuit has the edge, {@code [size][edge]}
 * @param stability the stability of the circuit of each size
 * @param groups the scores of each group of prompts; null where there are no groups
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScoredSample(
        RankedScores scores,
        ScoreErrors errors,
        List<Integer> sizes,
        double[][] inclusion,
        List<Stability> stability,
        @Nullable GroupScores groups) {
    public ScoredSample {
        sizes = List.copyOf(sizes);
        stability = List.copyOf(stability);
    }

    /** This sample with the scores of groups. */
    public ScoredSample with(GroupScores ofGroups) {
        return new ScoredSample(scores, errors, sizes, inclusion, stability, ofGroups);
    }
}
