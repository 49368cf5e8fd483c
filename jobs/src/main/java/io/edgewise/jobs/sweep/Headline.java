package io.edgewise.jobs.sweep;

import io.edgewise.circuit.Measurement;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a sweep found, in one sentence: the smallest circuit that keeps nine tenths of the full model's answer difference.
 *
 * @param smallest that circuit; empty where none that was measured keeps as much
 * @param edges of the model
 */
public record Headline(Optional<Kept> smallest, Optional<Kept> best, int edges) {
    static final double ENOUGH_PERCENT = 90;

    /**
     * How much a measured circuit keeps.
     *
     * @param edges of a circuit
     * @param percent of the full model's answer difference
     */
    public record Kept(int edges, double percent) {}

    /** What each measured circuit keeps; empty where it wasn't measured. */
    public static List<Kept> kept(List<Measurement> measurements) {
        return measurements.stream()
                .filter(measurement -> measurement.metric().equals("answer_diff_percent"))
                .map(measurement -> new Kept(measurement.circuit().achievedEdges(), measurement.value()))
                .toList();
    }

    public static Headline of(List<Kept> circuits, int edges) {
        Comparator<Kept> bySize = Comparator.comparingInt(Kept::edges);
        Optional<Kept> smallest = circuits.stream()
                .filter(kept -> kept.percent() >= ENOUGH_PERCENT)
                .min(bySize);
        Optional<Kept> best = circuits.stream()
                .filter(kept -> !Double.isNaN(kept.percent()))
                .max(Comparator.comparingDouble(Kept::percent).thenComparing(bySize.reversed()));
        return new Headline(smallest, best, edges);
    }

    /** The size that a report shows first. */
    public int chosenEdges() {
        return smallest.or(() -> best).map(Kept::edges).orElse(Math.min(edges, 20));
    }

    @Override
    public String toString() {
        if (smallest.isPresent()) {
            return String.format(
                    Locale.ROOT,
                    "%d of %d edges keep %.1f%% of the answer difference",
                    smallest.get().edges(),
                    edges,
                    smallest.get().percent());
        }
        return best.map(kept -> String.format(
                        Locale.ROOT,
                        "No measured circuit keeps %.0f%% of the answer difference; the best, %d of %d edges, keeps %.1f%%",
                        ENOUGH_PERCENT,
                        kept.edges(),
                        edges,
                        kept.percent()))
                .orElse("The answer difference was not measured");
    }
}
