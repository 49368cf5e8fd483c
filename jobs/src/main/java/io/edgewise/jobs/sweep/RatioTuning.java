package io.edgewise.jobs.sweep;

import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.Faithfulness;
import io.edgewise.circuit.Measurement;
import io.edgewise.circuit.Selection;
import io.edgewise.uncertainty.Bootstrap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The choice of the ratio of {@link Selection.Ratio}: the one whose circuits behave most as the model does. Its distance from the model is
 * the mean of {@code |1 - faithfulness|} over some sizes; the smaller of two ratios that are as good is chosen.
 */
record RatioTuning(CircuitRuns runs) {
    private static final int STEPS = 10;
    private static final int MOST_SIZES = 12;

    /**
     * The best ratio.
     *
     * @param sizes of the circuits that will be measured
     */
    double best(List<Integer> sizes) {
        int edges = runs.scores().size();
        List<Integer> between =
                evenly(sizes.stream().filter(size -> size > 0 && size < edges).toList());
        Circuit whole =
                new Selection.Ratio(0).circuits(runs.scores(), List.of(edges)).get(0);
        List<List<Circuit>> byStep = new ArrayList<>();
        Set<Circuit> all = new LinkedHashSet<>(List.of(whole));
        for (int step = 0; step <= STEPS; step++) {
            byStep.add(new Selection.Ratio((double) step / STEPS).circuits(runs.scores(), between));
            all.addAll(byStep.get(step));
        }
        Map<Circuit, Double> differences = new HashMap<>();
        for (Measurement measurement :
                runs.measure("tune", List.copyOf(all), Faithfulness.DIFFERENCE, Bootstrap.NONE)) {
            differences.put(measurement.circuit(), measurement.value());
        }
        double wanted = differences.getOrDefault(whole, Double.NaN);
        int best = 0;
        double nearest = Double.POSITIVE_INFINITY;
        for (int step = 0; step <= STEPS; step++) {
            double distance = byStep.get(step).stream()
                    .mapToDouble(circuit -> Math.abs(wanted - differences.getOrDefault(circuit, Double.NaN)))
                    .sum();
            if (distance < nearest) {
                nearest = distance;
                best = step;
            }
        }
        return (double) best / STEPS;
    }

    /** At most so many of the sizes, spread evenly over them. */
    private static List<Integer> evenly(List<Integer> sizes) {
        if (sizes.size() <= MOST_SIZES) {
            return sizes;
        }
        Collection<Integer> chosen = new LinkedHashSet<>();
        for (int place = 0; place < MOST_SIZES; place++) {
            chosen.add(sizes.get(place * (sizes.size() - 1) / (MOST_SIZES - 1)));
        }
        return List.copyOf(chosen);
    }
}
