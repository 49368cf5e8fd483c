package io.edgewise.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.Golden;
import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.ablation.AblationType;
import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.CircuitRunner;
import io.edgewise.circuit.CircuitSweep;
import io.edgewise.circuit.PatchType;
import io.edgewise.model.config.RelevanceRule;
import io.edgewise.model.layer.Tokens;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.score.AnswerFunction;
import io.edgewise.score.Attribution;
import io.edgewise.score.EdgeScorer;
import io.edgewise.score.GradFunction;
import io.edgewise.score.GradientPoints;
import io.edgewise.score.GradientRule;
import io.edgewise.score.InformationFlowRoutes;
import io.edgewise.score.MaskGradient;
import io.edgewise.score.MaskValue;
import io.edgewise.score.PruneScores;
import io.edgewise.uncertainty.Bootstrap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Native arrays are freed, and none is read after it was. */
class MemoryTest {
    private final PatchableModel model = Golden.tinyGpt2().model();

    @Test
    void aHundredBatchesLeaveNoArrayBehind() {
        MaskGradient scorer = new MaskGradient(
                GradFunction.LOGIT, AnswerFunction.AVG_DIFF, new MaskValue.IntegratedGradients(2), resample(), 4);
        PromptBatch first = Golden.tinyGpt2().batches().get(0);
        PruneScores scores =
                PruneScores.of(model.graph(), scorer.score(model, first).values());
        CircuitSweep sweep = new CircuitSweep(
                new CircuitRunner(
                        scores, Circuit.of(scores, List.of(0, 10, 110)), PatchType.TREE_PATCH, resample(), false),
                Golden.metrics(),
                new Bootstrap(2, 0),
                List.of(),
                2);
        int before = model.arrayCount();
        for (int batch = 0; batch < 100; batch++) {
            scorer.score(model, Golden.tinyGpt2().batches().get(batch % 2));
            attributions()
                    .forEach(attribution ->
                            attribution.score(model, Golden.tinyGpt2().batches().get(0)));
            sweep.measure(model, Golden.tinyGpt2().batches().get(batch % 2));
            assertThat(model.arrayCount()).isEqualTo(before);
        }
    }

    @Test
    void aCollectionBetweenForwardAndBackwardChangesNothing() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            PromptBatch batch = Golden.tinyGpt2().batches().get(0);
            NDArray patch = resample().on(model, batch);
            Tokens tokens = model.tokens(batch, PromptSide.CLEAN);
            double[] quiet = new MaskGradients(model).of(tokens, patch, 0.5, NDArray::mean);
            for (int run = 0; run < 20; run++) {
                assertThat(new MaskGradients(model).of(tokens, patch, 0.5, MemoryTest::collecting))
                        .isEqualTo(quiet);
            }
        }
    }

    private static List<EdgeScorer> attributions() {
        return List.of(
                attribution(GradientPoints.Inputs.conductance(2), new GradientRule.Gradient()),
                attribution(new GradientPoints.Activations(2), new GradientRule.Gradient()),
                attribution(new GradientPoints.Clean(), new GradientRule.AtpStar()),
                attribution(new GradientPoints.Clean(), new GradientRule.RelP(EnumSet.allOf(RelevanceRule.class))),
                new InformationFlowRoutes());
    }

    private static EdgeScorer attribution(GradientPoints points, GradientRule rule) {
        return new Attribution(GradFunction.LOGIT, AnswerFunction.KL_DIV, points, rule, resample(), 4);
    }

    private static AblationActivations resample() {
        return AblationActivations.of(Ablation.of(AblationType.RESAMPLE, PromptSide.CORRUPT));
    }

    /** Frees every Java buffer that only PyTorch still points to, and has others take its place. */
    private static NDArray collecting(NDArray logits) {
        System.gc();
        List<ByteBuffer> others = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            ByteBuffer other = ByteBuffer.allocateDirect(16);
            other.putDouble(1e9).putDouble(1e9);
            others.add(other);
        }
        assertThat(others).hasSize(2000);
        return logits.mean();
    }
}
