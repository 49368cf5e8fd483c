package io.edgewise.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.results.TrainingTable;
import io.edgewise.score.mask.TrainingPoint;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrainingCurveTest {
    /** Steps with 10 to an epoch, validated at the end of each where that is wanted. */
    private static TrainingTable.Curve curve(@Nullable Integer size, int steps, boolean isValidated) {
        return new TrainingTable.Curve(
                size,
                IntStream.rangeClosed(1, steps)
                        .mapToObj(step -> new TrainingPoint(
                                step,
                                (step + 9) / 10,
                                2.0 / step + 0.5,
                                2.0 / step,
                                0.5,
                                1000.0 / step,
                                isValidated && step % 10 == 0 ? 3.0 / step : Double.NaN))
                        .toList());
    }

    private static List<Integer> steps(TrainingCurve curve) {
        return curve.points().stream().map(TrainingStep::step).toList();
    }

    @Test
    void aShortTrainingIsShownWhole() {
        TrainingCurve curve = TrainingCurve.of(curve(null, 150, false));
        assertThat(steps(curve))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 150).boxed().toList());
        assertThat(curve.points().get(1)).isEqualTo(new TrainingStep(2, 1, 1.5, 1, 500, Double.NaN, Double.NaN));
    }

    @Test
    void aLongTrainingIsThinnedEvenlyWithItsEnds() {
        TrainingCurve curve = TrainingCurve.of(curve(null, 100_000, false));
        List<Integer> steps = steps(curve);
        assertThat(curve.steps()).isEqualTo(100_000);
        assertThat(steps).hasSize(150).startsWith(1).endsWith(100_000);
        assertThat(IntStream.range(1, 150).map(place -> steps.get(place) - steps.get(place - 1)))
                .allSatisfy(distance -> assertThat(distance).isBetween(671, 672));
    }

    @Test
    void validatedStepsAreKeptBesideTheOthers() {
        TrainingCurve curve = TrainingCurve.of(curve(null, 1000, true));
        assertThat(steps(curve))
                .isSorted()
                .doesNotHaveDuplicates()
                .startsWith(1)
                .endsWith(1000);
        List<TrainingStep> validated = curve.points().stream()
                .filter(point -> !Double.isNaN(point.validationFaithfulness()))
                .toList();
        assertThat(validated)
                .extracting(TrainingStep::step)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 100)
                        .map(epoch -> 10 * epoch)
                        .boxed()
                        .toList());
        assertThat(validated.get(0)).isEqualTo(new TrainingStep(10, 1, 0.7, 0.2, 100, 0.8, 0.3));
        assertThat(steps(TrainingCurve.of(curve(null, 100_000, true)))).hasSizeLessThanOrEqualTo(300);
    }

    @Test
    void everySizeHasACurveAndTheFactTellsTheLargest() {
        TrainedMasks masks = TrainedMasks.of("kl_div", List.of(curve(10, 4, false), curve(50, 400, true)));
        assertThat(masks.curves()).extracting(TrainingCurve::circuitSize).containsExactly(10, 50);
        assertThat(masks.curves()).extracting(TrainingCurve::steps).containsExactly(4, 400);
        assertThat(TrainingFact.of(masks))
                .hasValue(
                        new Fact(
                                "Training",
                                "400 steps; the faithfulness loss went from 2.00 to 0.00500, the circuit from 1000 to 3 edges"));
    }

    @Test
    void whereNothingWasTrainedThereIsNoFact() {
        assertThat(TrainingFact.of(TrainedMasks.NONE)).isEmpty();
    }
}
