package io.edgewise.jobs.sweep;

import io.edgewise.circuit.BenchmarkArea;
import io.edgewise.circuit.BenchmarkCurve;
import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.EdgeCounts;
import io.edgewise.circuit.Measurement;
import io.edgewise.score.PruneScores;
import java.util.List;
import java.util.stream.Stream;

/**
 * The circuits that a sweep runs.
 *
 * @param own those that were asked for; where nothing but areas of the MIB benchmark were, the circuits of the first
 * @param all those and the circuits of the MIB benchmark's areas, each once
 */
record PlannedCircuits(SweepMetrics metrics, int edges, List<Circuit> own, List<Circuit> all) {
    PlannedCircuits {
        own = List.copyOf(own);
        all = List.copyOf(all);
    }

    static PlannedCircuits of(PruneScores scores, SweepSettings settings) {
        SweepMetrics metrics = settings.metrics();
        List<Circuit> own = metrics.metrics().isEmpty()
                ? benchmark(scores, metrics.areas().get(0))
                : Circuit.of(scores, settings.edgeCounts().of(scores, settings.ranking()), settings.ranking());
        List<Circuit> all = Stream.concat(
                        own.stream(), metrics.areas().stream().flatMap(area -> benchmark(scores, area).stream()))
                .distinct()
                .toList();
        return new PlannedCircuits(metrics, scores.size(), own, all);
    }

    private static List<Circuit> benchmark(PruneScores scores, BenchmarkArea area) {
        return Circuit.of(scores, EdgeCounts.Rule.MIB.of(scores, area.ranking()), area.ranking());
    }

    /** The measurements of the circuits that were asked for. */
    List<Measurement> own(List<Measurement> measurements) {
        return measurements.stream()
                .filter(measurement -> metrics.has(measurement.metric()) && own.contains(measurement.circuit()))
                .toList();
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
