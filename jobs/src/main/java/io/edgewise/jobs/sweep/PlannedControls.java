package io.edgewise.jobs.sweep;

import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.ControlBand;
import io.edgewise.circuit.ControlMeasurement;
import io.edgewise.circuit.Faithfulness;
import io.edgewise.circuit.Measurement;
import io.edgewise.circuit.RandomCircuit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The random circuits that a sweep runs besides its own: at each of a few sizes, the same number of each kind. */
record PlannedControls(List<RandomCircuit> circuits) {
    private static final int MOST_SIZES = 8;

    PlannedControls {
        circuits = List.copyOf(circuits);
    }

    /**
     * Random circuits for the circuits that were asked for, except for those of no edge and of all edges, which have no alternatives. Where
     * there are many sizes, only some that lie evenly on a logarithmic scale have random circuits.
     *
     * @param number how many random circuits of each kind a size has
     */
    static PlannedControls of(PlannedCircuits planned, int number) {
        TreeMap<Integer, Circuit> bySize = new TreeMap<>();
        planned.own().stream()
                .filter(circuit -> circuit.achievedEdges() > 0 && circuit.achievedEdges() < planned.edges())
                .forEach(circuit -> bySize.putIfAbsent(circuit.achievedEdges(), circuit));
        return new PlannedControls(spread(bySize).stream()
                .flatMap(circuit -> Stream.of(RandomCircuit.Kind.values()).flatMap(kind -> IntStream.range(0, number)
                        .mapToObj(each -> new RandomCircuit(circuit, kind, each))))
                .toList());
    }

    private static List<Circuit> spread(TreeMap<Integer, Circuit> bySize) {
        if (bySize.size() <= MOST_SIZES) {
            return List.copyOf(bySize.values());
        }
        double first = Math.log(bySize.firstKey());
        double step = (Math.log(bySize.lastKey()) - first) / (MOST_SIZES - 1);
        return IntStream.range(0, MOST_SIZES)
                .map(place -> (int) Math.round(Math.exp(first + place * step)))
                .mapToObj(size -> bySize.floorEntry(size).getValue())
                .distinct()
                .toList();
    }

    /**
     * The bands of random circuits for each circuit that has some.
     *
     * @param all the measurements of all circuits
     * @param controls the measurements of the random circuits
     */
    static List<ControlBand> bands(PlannedCircuits planned, List<Measurement> all, List<ControlMeasurement> controls) {
        List<ControlBand> bands = new ArrayList<>();
        for (Measurement circuit : planned.own(all)) {
            boolean isFaithfulness = circuit.metric().equals(Faithfulness.NAME);
            String metric = isFaithfulness ? Faithfulness.DIFFERENCE.name() : circuit.metric();
            DoubleUnaryOperator finished = isFaithfulness ? planned.faithfulness(all)::of : value -> value;
            double whole = finished.applyAsDouble(planned.whole(all, metric));
            for (RandomCircuit.Kind kind : RandomCircuit.Kind.values()) {
                double[] values = controls.stream()
                        .filter(control -> control.metric().equals(metric)
                                && control.control().kind() == kind
                                && control.control().like().equals(circuit.circuit()))
                        .mapToDouble(control -> finished.applyAsDouble(control.value()))
                        .toArray();
                if (values.length > 0) {
                    bands.add(ControlBand.of(circuit, whole, kind, values));
                }
            }
        }
        return bands;
    }
}
