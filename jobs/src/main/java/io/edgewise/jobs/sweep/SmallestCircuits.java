package io.edgewise.jobs.sweep;

import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.Faithfulness;
import io.edgewise.circuit.Measurement;
import io.edgewise.circuit.Selection;
import io.edgewise.circuit.SizeSearch;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * The search for the smallest circuits that keep shares of the behaviour, and for the sizes at which the ends of the intervals keep as much. It
 * begins with the circuits that were measured anyway, and measures more in rounds.
 */
record SmallestCircuits(CircuitRuns runs, Selection selection, SearchSettings settings) {

    /** All that was measured by the end of the search. */
    Swept search(Swept first) {
        Swept swept = first;
        int round = 1;
        for (List<Integer> sizes = next(swept); !sizes.isEmpty(); sizes = next(swept)) {
            List<Circuit> circuits = selection.circuits(runs.scores(), sizes);
            swept = swept.with(circuits, runs.measure("search " + round, circuits, List.of()));
            round++;
        }
        return swept;
    }

    private List<Integer> next(Swept swept) {
        List<Measurement> faithful = swept.own().stream()
                .filter(measurement -> measurement.metric().equals(Faithfulness.NAME))
                .toList();
        TreeSet<Integer> sizes = new TreeSet<>();
        for (double share : settings.keep()) {
            sizes.addAll(next(SearchSettings.exact(share), faithful, Measurement::value));
            sizes.addAll(next(
                    SearchSettings.rough(share),
                    faithful,
                    measurement -> measurement.estimate().interval().low()));
            sizes.addAll(next(
                    SearchSettings.rough(share),
                    faithful,
                    measurement -> measurement.estimate().interval().high()));
        }
        return List.copyOf(sizes);
    }

    private static List<Integer> next(
            SizeSearch search, List<Measurement> faithful, ToDoubleFunction<Measurement> share) {
        TreeMap<Integer, Double> bySize = new TreeMap<>();
        faithful.forEach(
                measurement -> bySize.put(measurement.circuit().requestedEdges(), share.applyAsDouble(measurement)));
        return search.next(bySize);
    }
}
