package io.edgewise.jobs.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How masks were trained, where they were, in one sentence. */
final class TrainingFact {
    private TrainingFact() {}

    /** The sentence; empty where nothing was trained. Of several trainings it tells the last: the largest circuit. */
    static Optional<Fact> of(TrainedMasks masks) {
        List<TrainingCurve> curves = masks.curves();
        return curves.isEmpty() ? Optional.empty() : Optional.of(of(curves.get(curves.size() - 1)));
    }

    private static Fact of(TrainingCurve curve) {
        TrainingStep first = curve.points().get(0);
        TrainingStep last = curve.points().get(curve.points().size() - 1);
        return new Fact(
                "Training",
                String.format(
                        Locale.ROOT,
                        "%d steps; the faithfulness loss went from %.3g to %.3g, the circuit from %.0f to %.0f edges",
                        curve.steps(),
                        first.faithfulness(),
                        last.faithfulness(),
                        first.edges(),
                        last.edges()));
    }
}
