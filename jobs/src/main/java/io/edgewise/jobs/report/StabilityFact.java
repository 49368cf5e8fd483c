package io.edgewise.jobs.report;

import io.edgewise.jobs.results.CircuitStability;
import io.edgewise.uncertainty.Interval;
import java.util.Locale;

/** How much of a circuit other prompts would find again, in one sentence. */
final class StabilityFact {
    private StabilityFact() {}

    static Fact of(CircuitStability stability) {
        Interval interval = stability.jaccard().interval();
        return new Fact(
                "Stability",
                String.format(
                        Locale.ROOT,
                        "the circuit of %d edges and that of other prompts have %.0f%% of the edges of either in common"
                                + " (%.0f to %.0f)",
                        stability.edges(),
                        100 * stability.jaccard().value(),
                        100 * interval.low(),
                        100 * interval.high()));
    }
}
