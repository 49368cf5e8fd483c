package io.edgewise.jobs.sweep;

import io.edgewise.circuit.Faithfulness;
import io.edgewise.circuit.Measurement;
import io.edgewise.jobs.results.EdgesAt90;
import io.edgewise.uncertainty.Interval;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep found, in one sentence: the smallest circuit that keeps nine tenths of the behaviour.
 *
 * @param circuits how faithful each measured circuit is; empty where that wasn't measured
 * @param edges how many edges the model has
 */
public record Headline(List<Kept> circuits, int edges) {
    /** The share of the behaviour that a headline asks for. */
    public static final double ENOUGH = 0.9;

    private static final int SHOWN_ANYWAY = 20;
    private static final Comparator<Kept> BY_SIZE = Comparator.comparingInt(Kept::edges);

    /**
     * How much a measured circuit keeps.
     *
     * @param edges the circuit's size in edges
     * @param faithfulness the share of the behaviour that it keeps; not a number where there is no behaviour to keep
     * @param interval the interval of the faithfulness
     */
    public record Kept(int edges, double faithfulness, Interval interval) {
        @Override
        public String toString() {
            String kept = percent(faithfulness) + "% of the behaviour";
            return interval.equals(Interval.UNKNOWN)
                    ? kept
                    : kept + " (" + percent(interval.low()) + " to " + percent(interval.high()) + ")";
        }

        private static String percent(double share) {
            return String.format(Locale.ROOT, "%.0f", 100 * share);
        }
    }

    public Headline {
        circuits = List.copyOf(circuits);
    }

    /** The headline of some measurements. */
    public static Headline of(List<Measurement> measurements, int edges) {
        return new Headline(
                measurements.stream()
                        .filter(measurement -> measurement.metric().equals(Faithfulness.NAME))
                        .map(measurement -> new Kept(
                                measurement.circuit().achievedEdges(),
                                measurement.value(),
                                measurement.estimate().interval()))
                        .toList(),
                edges);
    }

    private Optional<Kept> smallest() {
        return smallest(ENOUGH);
    }

    /** The smallest circuit that keeps a share of the behaviour. */
    public Optional<Kept> smallest(double enough) {
        return smallest(enough, Kept::faithfulness);
    }

    private Optional<Kept> smallest(double enough, ToDoubleFunction<Kept> share) {
        return circuits.stream()
                .filter(kept -> share.applyAsDouble(kept) >= enough)
                .min(BY_SIZE);
    }

    /** The sizes of the smallest circuits by the ends of whose intervals they keep a share: from the smaller to the larger size. */
    public SizeRange sizes(double enough) {
        return new SizeRange(
                smallest(enough, kept -> kept.interval().high())
                        .map(Kept::edges)
                        .orElse(null),
                smallest(enough, kept -> kept.interval().low()).map(Kept::edges).orElse(null));
    }

    /**
     * How far the size of the smallest circuit depends on the choice of prompts.
     *
     * @param low the size from which it may be enough; null where it is unknown
     * @param high the size from which it is enough beyond doubt; null where there is none
     */
    public record SizeRange(@Nullable Integer low, @Nullable Integer high) {}

    /** The size of the smallest circuit that keeps nine tenths, and those at which the ends of the intervals do. */
    public EdgesAt90 edgesAt90() {
        SizeRange sizes = sizes(ENOUGH);
        return new EdgesAt90(smallest().map(Kept::edges).orElse(null), sizes.low(), sizes.high());
    }

    private Optional<Kept> best() {
        return circuits.stream()
                .filter(kept -> !Double.isNaN(kept.faithfulness()))
                .max(Comparator.comparingDouble(Kept::faithfulness).thenComparing(BY_SIZE.reversed()));
    }

    /** Whether faithfulness was measured, but is defined for no circuit. */
    public boolean showsNoTask() {
        return !circuits.isEmpty() && best().isEmpty();
    }

    /** The size that a report shows first. */
    public int chosenEdges() {
        return smallest().or(this::best).map(Kept::edges).orElse(Math.min(edges, SHOWN_ANYWAY));
    }

    @Override
    public String toString() {
        if (showsNoTask()) {
            return "The prompts show no task: with all edges ablated, the answer difference is the whole model's but for the choice of prompts";
        }
        return smallest()
                .map(kept -> kept.edges() + " of " + edges + " edges keep " + kept)
                .or(() -> best().map(kept -> "No measured circuit keeps 90% of the behaviour; the best, " + kept.edges()
                        + " of " + edges + " edges, keeps " + kept))
                .orElse("Faithfulness was not measured");
    }
}
