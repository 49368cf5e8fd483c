package io.edgewise.jobs.report;

import io.edgewise.metric.MeanSquaredError;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** What a study of answers that are numbers found, in one sentence: the errors of the whole model, of a circuit, and of no edge. */
record ErrorHeadline(TreeMap<Integer, Double> byEdges) {

    static ErrorHeadline of(List<CurvePoint> curve) {
        TreeMap<Integer, Double> byEdges = new TreeMap<>();
        curve.stream()
                .filter(point -> point.metric().equals(MeanSquaredError.NAME))
                .forEach(point -> byEdges.put(point.achievedEdges(), point.value()));
        return new ErrorHeadline(byEdges);
    }

    /** Whether errors were measured. */
    boolean isMeasured() {
        return !byEdges.isEmpty();
    }

    /** @param shown the size of the circuit that is shown first */
    String sentence(int shown) {
        StringBuilder sentence = new StringBuilder(String.format(
                Locale.ROOT,
                "The mean squared error is %.3g with all %d edges",
                byEdges.lastEntry().getValue(),
                byEdges.lastKey()));
        Integer circuit = byEdges.floorKey(shown);
        if (circuit != null && circuit > 0 && circuit < byEdges.lastKey()) {
            sentence.append(String.format(Locale.ROOT, ", %.3g with %d", byEdges.get(circuit), circuit));
        }
        if (byEdges.firstKey() == 0) {
            sentence.append(String.format(Locale.ROOT, ", %.3g with none", byEdges.get(0)));
        }
        return sentence.toString();
    }
}
