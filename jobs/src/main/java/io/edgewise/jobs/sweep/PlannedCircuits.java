package io.edgewise.jobs.sweep;

import io.edgewise.circuit.BenchmarkArea;
import io.edgewise.circuit.BenchmarkCurve;
import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.EdgeCounts;
import io.edgewise.circuit.Measurement;
import io.edgewise.score.PruneScores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The circuits that a sweep runs.
 *
 * @param own those that were asked for; where nothing but areas of the MIB benchmark were, the circuits of the first
 * @param all those, the circuits of the MIB benchmark's areas, and for faithfulness the one without edges, each once
 */
record PlannedCircuits(SweepMetrics metrics, int edges, List<Circuit> own, List<Circuit> all) {
    PlannedCircuits {
        own = List.copyOf(own);
        all = List.copyOf(all);
    }

    static PlannedCircuits of(PruneScores scores, SweepSettings settings) {
        SweepMetrics metrics = settings.metrics();
        List<Circuit> own = metrics.metrics().isEmpty() && !metrics.faithfulness()
                ? benchmark(scores, metrics.areas().get(0))
                : Circuit.of(scores, settings.edgeCounts().of(scores, settings.ranking()), settings.ranking());
        List<Circuit> all = new ArrayList<>(own);
        metrics.areas().forEach(area -> all.addAll(benchmark(scores, area)));
        if (metrics.faithfulness()) {
            all.addAll(Circuit.of(scores, List.of(0), settings.ranking()));
        }
        return new PlannedCircuits(
                metrics, scores.size(), own, all.stream().distinct().toList());
    }

    private static List<Circuit> benchmark(PruneScores scores, BenchmarkArea area) {
        return Circuit.of(scores, EdgeCounts.Rule.MIB.of(scores, area.ranking()), area.ranking());
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

    /** The share of the way from the circuit without edges to the whole model, whose answer difference is 100 percent. */
    private static Stream<Measurement> faithfulness(List<Measurement> all, List<Measurement> own) {
        double none = percents(all)
                .filter(measurement -> measurement.circuit().requestedEdges() == 0)
                .findFirst()
                .orElseThrow()
                .value();
        return percents(own)
                .map(percent -> new Measurement(
                        percent.circuit(),
                        SweepMetrics.FAITHFULNESS,
                        (percent.value() - none) / (100 - none),
                        percent.prompts()));
    }

    private static Stream<Measurement> percents(List<Measurement> measurements) {
        return measurements.stream().filter(measurement -> SweepMetrics.isPercent(measurement.metric()));
    }

    /** The benchmark's curves, made from the measurements of all circuits. */
    List<BenchmarkCurve> curves(List<Measurement> measurements) {
        List<Measurement> differences = measurements.stream()
                .filter(measurement -> SweepMetrics.isDifference(measurement.metric()))
                .toList();
        return metrics.areas().stream()
                .map(area -> BenchmarkCurve.of(area, differences, edges))
                .toList();
    }
}
