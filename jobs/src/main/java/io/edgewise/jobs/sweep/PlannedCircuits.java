package io.edgewise.jobs.sweep;

import io.edgewise.circuit.BenchmarkArea;
import io.edgewise.circuit.BenchmarkCurve;
import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.EdgeCounts;
import io.edgewise.circuit.Faithfulness;
import io.edgewise.circuit.Measurement;
import io.edgewise.score.RankedScores;
import io.edgewise.uncertainty.Estimate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The circuits that a sweep runs.
 *
 * @param own the circuits that were asked for; where only areas of the MIB benchmark were, the circuits of the first area
 * @param ownAndEnds those, and, for faithfulness and random circuits, the circuits of no edge and of all edges, each once
 * @param all those of {@code ownAndEnds}, and the circuits of the MIB benchmark's areas, each once
 */
record PlannedCircuits(
        SweepMetrics metrics, int edges, List<Circuit> own, List<Circuit> ownAndEnds, List<Circuit> all) {
    PlannedCircuits {
        own = List.copyOf(own);
        ownAndEnds = List.copyOf(ownAndEnds);
        all = List.copyOf(all);
    }

    static PlannedCircuits of(RankedScores scores, SweepSettings settings) {
        SweepMetrics metrics = settings.metrics();
        List<Circuit> own = metrics.metrics().isEmpty() && !metrics.faithfulness()
                ? benchmark(scores, metrics.areas().get(0))
                : Circuit.of(scores, settings.edgeCounts().of(scores, settings.ranking()), settings.ranking());
        List<Circuit> ends = metrics.faithfulness() || settings.checks().controls() > 0
                ? Circuit.of(scores, List.of(0, scores.size()), settings.ranking())
                : List.of();
        Stream<Circuit> benchmarks = metrics.areas().stream().flatMap(area -> benchmark(scores, area).stream());
        List<Circuit> ownAndEnds =
                Stream.concat(own.stream(), ends.stream()).distinct().toList();
        return new PlannedCircuits(
                metrics,
                scores.size(),
                own,
                ownAndEnds,
                Stream.concat(ownAndEnds.stream(), benchmarks).distinct().toList());
    }

    private static List<Circuit> benchmark(RankedScores scores, BenchmarkArea area) {
        return Circuit.of(scores, EdgeCounts.Rule.MIB.of(scores, area.ranking()), area.ranking());
    }

    /** The circuits whose edges are written: without the ends that run only for other circuits' sake. */
    List<Circuit> told() {
        return all.stream()
                .filter(circuit -> own.contains(circuit) || !ownAndEnds.contains(circuit))
                .toList();
    }

    /** The measurements of the circuits that were asked for, circuit by circuit. */
    List<Measurement> own(List<Measurement> measurements) {
        List<Measurement> ofOwn = measurements.stream()
                .filter(measurement -> own.contains(measurement.circuit()))
                .toList();
        return Stream.concat(
                        metrics.faithfulness() ? faithfulness(measurements, ofOwn) : Stream.of(),
                        ofOwn.stream().filter(measurement -> metrics.has(measurement.metric())))
                .sorted(Comparator.comparingInt(measurement -> own.indexOf(measurement.circuit())))
                .toList();
    }

    private Stream<Measurement> faithfulness(List<Measurement> all, List<Measurement> own) {
        Faithfulness faithfulness = faithfulness(all);
        return differences(own)
                .map(measurement -> new Measurement(
                        measurement.circuit(),
                        Faithfulness.NAME,
                        faithfulness.of(measurement.estimate()),
                        measurement.prompts()));
    }

    /** The faithfulness of circuits, from the measurements of all circuits. */
    Faithfulness faithfulness(List<Measurement> all) {
        return new Faithfulness(difference(all, 0), difference(all, edges));
    }

    private static Estimate difference(List<Measurement> measurements, int edges) {
        return at(measurements, edges, Faithfulness.DIFFERENCE.name()).estimate();
    }

    /** A metric of the circuit of all edges, from the measurements of all circuits. */
    double whole(List<Measurement> all, String metric) {
        return at(all, edges, metric).value();
    }

    private static Measurement at(List<Measurement> measurements, int edges, String metric) {
        return measurements.stream()
                .filter(measurement -> measurement.circuit().requestedEdges() == edges
                        && measurement.metric().equals(metric))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Measurement> differences(List<Measurement> measurements) {
        return measurements.stream().filter(measurement -> SweepMetrics.isDifference(measurement.metric()));
    }

    /** The circuit in the headline, or, where faithfulness wasn't measured, the largest that isn't the full model. */
    Circuit chosen(List<Measurement> measurements) {
        int most = own.stream().mapToInt(Circuit::achievedEdges).max().orElse(0);
        Headline headline = Headline.of(measurements, most);
        int size = headline.circuits().isEmpty()
                ? own.stream()
                        .mapToInt(Circuit::achievedEdges)
                        .filter(achieved -> achieved < most)
                        .max()
                        .orElse(most)
                : headline.chosenEdges();
        return own.stream()
                .filter(circuit -> circuit.achievedEdges() == size)
                .findFirst()
                .orElse(own.get(own.size() - 1));
    }

    /** The benchmark's curves, from the measurements of all circuits. */
    List<BenchmarkCurve> curves(List<Measurement> measurements) {
        List<Measurement> differences = differences(measurements).toList();
        return metrics.areas().stream()
                .map(area -> BenchmarkCurve.of(area, differences, edges))
                .toList();
    }
}
