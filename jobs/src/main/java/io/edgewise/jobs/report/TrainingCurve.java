package io.edgewise.jobs.report;

import io.edgewise.jobs.results.TrainingTable;
import io.edgewise.score.mask.TrainingPoint;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How one training of masks went.
 *
 * @param circuitSize the size of the circuit that it was for; null where it wasn't for one
 * @param steps how many steps it had
 * @param points the steps that are drawn, in order: the first, the last and some at even distances between them
 */
public record TrainingCurve(@Nullable Integer circuitSize, int steps, List<TrainingStep> points) {
    /** The most points in the report, and as many again that were validated: more can't be told apart in a picture. */
    static final int MOST_POINTS = 150;

    public TrainingCurve {
        points = List.copyOf(points);
    }

    static TrainingCurve of(TrainingTable.Curve curve) {
        List<TrainingPoint> all = curve.points();
        List<TrainingPoint> validated =
                all.stream().filter(point -> !Double.isNaN(point.validation())).toList();
        return new TrainingCurve(
                curve.circuitSize(),
                all.size(),
                Stream.of(Evenly.thinned(all, MOST_POINTS), Evenly.thinned(validated, MOST_POINTS))
                        .flatMap(List::stream)
                        .distinct()
                        .sorted(Comparator.comparingInt(TrainingPoint::step))
                        .map(TrainingStep::of)
                        .toList());
    }
}
