package io.edgewise.jobs.score;

import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.graph.ModelGraph;
import io.edgewise.score.EdgeScorer;
import io.edgewise.score.mask.MaskTraining;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A method that trains masks, step by step, instead of adding up over batches once. */
public sealed interface LearnedMasks extends ScoreSettings permits Probing, Pruning {

    /**
     * A training, of which a method may need several.
     *
     * @param circuitSize the size of the circuit that it is for; null where it isn't for one
     */
    record Part(@Nullable Integer circuitSize, MaskTraining training) {}

    /** What patched edges carry. */
    Ablation ablation();

    /** The files of validation prompts; empty for none. */
    List<String> validation();

    /**
     * The trainings, in order.
     *
     * @throws io.edgewise.InputException where the graph doesn't have an edge that is named
     */
    List<Part> parts(ModelGraph graph, AblationActivations ablation);

    /** The scores, from those of each training. */
    double[] scores(List<double[]> trained);

    /** Training has no sum over batches that would be a score. */
    @Override
    default EdgeScorer scorer(Function<Ablation, AblationActivations> ready, int batchSize) {
        throw new IllegalStateException("Masks are trained");
    }

    @Override
    default boolean tellsPrompts() {
        return false;
    }

    /** Batches are planned for: every edge's own mask takes memory. */
    @Override
    default int runs() {
        return 1;
    }
}
