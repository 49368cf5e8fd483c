package io.edgewise.jobs.report;

import io.edgewise.jobs.results.TrainingTable;
import java.util.List;

/**
 * How the masks of a study were trained.
 *
 * @param target what the faithfulness loss is, as {@code --faithfulness-target} names it
 * @param curves a curve for each size of circuit; empty where nothing was trained
 */
public record TrainedMasks(String target, List<TrainingCurve> curves) {
    /** Of scores that don't come from training. */
    public static final TrainedMasks NONE = new TrainedMasks("", List.of());

    public TrainedMasks {
        curves = List.copyOf(curves);
    }

    static TrainedMasks of(String target, List<TrainingTable.Curve> curves) {
        return new TrainedMasks(target, curves.stream().map(TrainingCurve::of).toList());
    }
}
