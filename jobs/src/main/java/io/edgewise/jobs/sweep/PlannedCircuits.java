package io.edgewise.jobs.sweep;

import io.edgewise.circuit.BenchmarkCurve;
import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.EdgeCounts;
import io.edgewise.circuit.Faithfulness;
import io.edgewise.circuit.Measurement;
import io.edgewise.circuit.Selection;
import io.edgewise.score.RankedScores;
import io.edgewise.uncertainty.Estimate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The circuits that a sweep runs.
 *
 * @param own the circuits that were asked for; where only areas of the MIB benchmark were, the circuits of the first area
 * @param ends for faithfulness and random circuits, the circuits of no edge and of all edges
 * @param benchmarks the circuits of the MIB benchmark's areas, in the order of the metrics' areas
 */
record PlannedCircuits(
        SweepMetrics metrics, int edges, List<Circuit> own, List<Circuit> ends, List<List<Circuit>> benchmarks) {
    PlannedCircuits {
        own = List.copyOf(own);
        ends = List.copyOf(ends);
        benchmarks = List.copyOf(benchmarks);
    }

    static PlannedCircuits of(RankedScores scores, Selection selection, SweepSettings settings) {
        SweepMetrics metrics = settings.metrics();
        List<List<Circuit>> benchmarks = metrics.areas().stream()
                .map(area ->
                        selection.by(area.ranking()).circuits(scores, EdgeCounts.Rule.MIB.of(scores, area.ranking())))
                .toList();
        List<Circuit> own =
                metrics.isOfAreasOnly() ? benchmarks.get(0) : selection.circuits(scores, sizes(scores, settings));
        List<Circuit> ends = metrics.faithfulness() || settings.checks().controls() > 0
                ? selection.circuits(scores, List.of(0, scores.size()))
                : List.of();
        return new PlannedCircuits(metrics, scores.size(), own, ends, benchmarks);
    }

    /** The sizes of the circuits that are asked for, in edges. */
    static List<Integer> sizes(RankedScores scores, SweepSettings settings) {
        SweepMetrics metrics = settings.metrics();
        return metrics.isOfAreasOnly()
                ? EdgeCounts.Rule.MIB.of(scores, metrics.areas().get(0).ranking())
                : settings.edgeCounts().of(scores, settings.select().ranking());
    }

    /** With more circuits, which count as asked for. */
    PlannedCircuits with(List<Circuit> more) {
        return new PlannedCircuits(
                metrics,
                edges,
                Stream.concat(own.stream(), more.stream())
                        .sorted(Comparator.comparingInt(Circuit::requestedEdges))
                        .distinct()
                        .toList(),
                ends,
                benchmarks);
    }

    /** The circuits that were asked for and the ends, each once. */
    List<Circuit> ownAndEnds() {
        return Stream.concat(own.stream(), ends.stream()).distinct().toList();
    }

    /** All circuits, each once. */
    List<Circuit> all() {
        return Stream.concat(ownAndEnds().stream(), benchmarks.stream().flatMap(List::stream))
                .distinct()
                .toList();
    }

    /** The circuits whose edges are written: without the ends that run only for other circuits' sake. */
    List<Circuit> told() {
        return all().stream()
                .filter(circuit -> own.contains(circuit) || !ends.contains(circuit))
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
        return IntStream.range(0, benchmarks.size())
                .mapToObj(
                        area -> BenchmarkCurve.of(metrics.areas().get(area), benchmarks.get(area), differences, edges))
                .toList();
    }
}
