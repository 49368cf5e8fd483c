package io.edgewise.jobs.report;

import io.edgewise.jobs.results.TrainingTable;
import io.edgewise.score.mask.TrainingPoint;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Trainings of masks that end at a size, with noise on the way. */
final class MadeUpTraining {
    private static final double ALL_EDGES = 32_491;
    private static final int STEPS_PER_EPOCH = 16;

    private MadeUpTraining() {}

    /** A short one, not validated and not for a size. */
    static TrainedMasks oneSize() {
        return TrainedMasks.of("kl_div", List.of(curve(null, 48, false)));
    }

    /** Long ones, validated after each epoch. */
    static TrainedMasks threeSizes() {
        return TrainedMasks.of(
                "kl_div",
                Stream.of(10, 100, 1000).map(size -> curve(size, 800, true)).toList());
    }

    private static TrainingTable.Curve curve(@Nullable Integer size, int steps, boolean isValidated) {
        Random random = new Random(3);
        double last = size == null ? 300 : size;
        return new TrainingTable.Curve(
                size,
                IntStream.rangeClosed(1, steps)
                        .mapToObj(step -> {
                            double edges = last * Math.pow(ALL_EDGES / last, 1 - (step - 1.0) / (steps - 1));
                            double faithfulness =
                                    1.5 * Math.pow(edges / ALL_EDGES, -0.1) * (1 + random.nextDouble() / 4);
                            double regularizer = edges / ALL_EDGES;
                            return new TrainingPoint(
                                    step,
                                    (step - 1) / STEPS_PER_EPOCH + 1,
                                    faithfulness + regularizer,
                                    faithfulness,
                                    regularizer,
                                    edges,
                                    isValidated && step % STEPS_PER_EPOCH == 0 ? 1.1 * faithfulness : Double.NaN);
                        })
                        .toList());
    }
}
