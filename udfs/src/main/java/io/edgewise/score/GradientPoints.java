package io.edgewise.score;

import io.edgewise.InputException;
import io.edgewise.ablation.AblationType;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import io.edgewise.graph.SourceNode.Kind;
import io.edgewise.model.StagePoints;
import io.edgewise.model.config.TransformerConfig;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Where gradients are taken: between the clean run and a run in which a stage of the model is ablated. Their mean counts. */
public sealed interface GradientPoints extends Serializable {

    /** The points of every stage, in the order in which they run. */
    List<StagePoints> stages(ModelGraph graph);

    /** How many runs at most could share a pass. */
    int runs();

    /**
     * Checks that the points are defined.
     *
     * @throws InputException where they aren't
     */
    default void check(GraphSpec spec, AblationType ablation) {}

    /** Refuses other ablations where the way begins with the run of the corrupt prompts. */
    private static void wantResample(AblationType ablation) {
        if (ablation != AblationType.RESAMPLE) {
            throw new InputException("These gradients are taken on the way from the corrupt prompts to the clean ones;"
                    + " give --ablation-type RESAMPLE, got " + ablation);
        }
    }

    /** Whether a destination counts at the points of a stage. */
    default boolean counts(StagePoints stage, DestinationModule destination, TransformerConfig config) {
        return true;
    }

    /** Whether a source's change is its change from each point to the next, and not that of the whole way. */
    default boolean followsTheWay() {
        return false;
    }

    /** The clean run alone: EAP. */
    record Clean() implements GradientPoints {
        @Override
        public List<StagePoints> stages(ModelGraph graph) {
            return List.of(StagePoints.clean());
        }

        @Override
        public int runs() {
            return 1;
        }
    }

    /** The clean run and the run with the ablated embedding: EAP-IG's clean-corrupted. */
    record CleanCorrupted() implements GradientPoints {
        @Override
        public void check(GraphSpec spec, AblationType ablation) {
            wantResample(ablation);
        }

        @Override
        public List<StagePoints> stages(ModelGraph graph) {
            return List.of(new StagePoints(Kind.START, 0, List.of(1.0, 0.0)));
        }

        @Override
        public int runs() {
            return 2;
        }
    }

    /**
     * EAP-IG inputs: the embedding goes from its ablation towards the clean one; {@code steps} points, the clean end left out.
     *
     * @param steps at least 1
     * @param followsTheWay for CEAP, conductance: at each point the change of every source to the next point counts. The scores of the edges
     *     across any cut through the model add up to the loss at the ablated end less the loss at the clean end, up to the error of
     *     {@code steps} steps.
     */
    record Inputs(int steps, boolean followsTheWay) implements GradientPoints {
        public Inputs(int steps) {
            this(steps, false);
        }

        public static Inputs conductance(int steps) {
            return new Inputs(steps, true);
        }

        @Override
        public void check(GraphSpec spec, AblationType ablation) {
            wantResample(ablation);
        }

        @Override
        public List<StagePoints> stages(ModelGraph graph) {
            return List.of(new StagePoints(Kind.START, 0, way(steps)));
        }

        @Override
        public int runs() {
            return steps;
        }
    }

    /**
     * EAP-IG activations: one stage after another goes from its ablation to its clean output, the ablated end left out. As in EAP-IG itself,
     * destinations that read nothing but the embedding have no gradient while the embedding is moved, unless positions are learned.
     *
     * @param steps at least 1
     */
    record Activations(int steps) implements GradientPoints {
        @Override
        public List<StagePoints> stages(ModelGraph graph) {
            List<Double> shares = IntStream.rangeClosed(1, steps)
                    .mapToObj(step -> 1 - (double) step / steps)
                    .toList();
            List<StagePoints> stages = new ArrayList<>();
            for (SourceNode source : graph.sources()) {
                StagePoints stage = new StagePoints(source.kind(), Math.max(0, source.block()), shares);
                if (!stages.contains(stage)) {
                    stages.add(stage);
                }
            }
            return stages;
        }

        @Override
        public void check(GraphSpec spec, AblationType ablation) {
            if (!spec.factorized()) {
                throw new InputException("Activations are moved a stage at a time, which a graph of heads and MLPs has;"
                        + " give --factorized true");
            }
        }

        @Override
        public boolean counts(StagePoints stage, DestinationModule destination, TransformerConfig config) {
            boolean readsTheStageAlone =
                    stage.kind() == Kind.START && destination.firstSource() + destination.sources() == 1;
            return !readsTheStageAlone || !config.attention().isRotary();
        }

        @Override
        public int runs() {
            return steps;
        }
    }

    /** From the ablated end towards the clean one, which is left out. */
    private static List<Double> way(int steps) {
        return IntStream.range(0, steps)
                .mapToObj(step -> 1 - (double) step / steps)
                .toList();
    }
}
