package io.edgewise.jobs.report;

import io.edgewise.uncertainty.Interval;
import org.jspecify.annotations.Nullable;

/**
 * An edge of the computation graph and its score.
 *
 * @param source name of a node
 * @param destination name of a node in a later column
 * @param input which input of a head is read, {@code Q}, {@code K} or {@code V}; empty for other nodes
 * @param position the token position whose copy of the edge this is; null where all positions share it
 * @param score above zero where patching the edge lowers the answer, so that the edge helps
 * @param interval the score's interval over the choice of prompts; may be unknown
 * @param rank from 1, by absolute score, the largest first
 */
public record ReportEdge(
        String source,
        String destination,
        String input,
        @Nullable Integer position,
        double score,
        Interval interval,
        int rank) {}
