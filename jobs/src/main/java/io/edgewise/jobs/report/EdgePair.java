package io.edgewise.jobs.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An edge in two studies.
 *
 * @param source name of a node
 * @param destination name of a node in a later column
 * @param input which input of a head is read; empty for other nodes
 * @param position the token position whose copy of the edge this is; null where all positions share it
 * @param scores in the first and the second study
 * @param ranks from 1, in the first and the second study
 */
public record EdgePair(
        String source,
        String destination,
        String input,
        @Nullable Integer position,
        List<Double> scores,
        List<Integer> ranks) {
    public EdgePair {
        scores = List.copyOf(scores);
        ranks = List.copyOf(ranks);
    }
}
