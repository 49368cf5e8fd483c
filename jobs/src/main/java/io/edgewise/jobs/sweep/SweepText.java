package io.edgewise.jobs.sweep;

import io.edgewise.circuit.BenchmarkCurve;
import io.edgewise.circuit.Measurement;
import io.edgewise.uncertainty.Interval;
import java.util.List;
import java.util.Locale;

/** What a sweep prints: a table of the measurements, the benchmark's curves and areas, and the area against known edges. */
public record SweepText(SweepJob.Result result) {

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        measurements(text);
        result.curves().forEach(curve -> curve(text, curve));
        if (result.roc() != null) {
            line(text, "ROC area against the known edges: %.4f", result.roc().area());
        }
        result.smallest().forEach(smallest -> line(text, "%s.", smallest.sentence()));
        if (result.minimised() != null) {
            line(text, "%s.", result.minimised().sentence());
        }
        if (result.tested() != null) {
            result.tested().sentences().forEach(sentence -> line(text, "%s", sentence));
        }
        return text.toString();
    }

    private void measurements(StringBuilder text) {
        List<Measurement> measurements = result.measurements();
        List<String> names =
                measurements.stream().map(Measurement::metric).distinct().toList();
        if (names.isEmpty()) {
            return;
        }
        text.append(String.format(Locale.ROOT, "%8s", result.level().words()));
        names.forEach(name -> text.append(String.format(Locale.ROOT, "  %22s", name)));
        for (Measurement measurement : measurements) {
            if (measurement.metric().equals(names.get(0))) {
                text.append(String.format(
                        Locale.ROOT, "%n%8d", measurement.circuit().achievedEdges()));
            }
            text.append(String.format(Locale.ROOT, "  %22.6g", measurement.value()));
        }
        text.append(System.lineSeparator());
    }

    private static void curve(StringBuilder text, BenchmarkCurve curve) {
        line(text, "%8s  %9s  %8s  %12s", "share", "requested", "edges", "faithfulness");
        for (BenchmarkCurve.Point point : curve.points()) {
            line(
                    text,
                    "%7.1f%%  %9d  %8d  %12.6g",
                    100 * point.share(),
                    point.circuit().requestedEdges(),
                    point.circuit().achievedEdges(),
                    point.faithfulness().value());
        }
        Interval interval = curve.area().interval();
        line(
                text,
                "%s, %s ranking: %.6f%s",
                curve.kind(),
                curve.kind().ranking(),
                curve.area().value(),
                interval.equals(Interval.UNKNOWN)
                        ? ""
                        : String.format(Locale.ROOT, " (%.6f to %.6f)", interval.low(), interval.high()));
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
