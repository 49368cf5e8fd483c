package io.edgewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.edgewise.Golden;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.ablation.AblationType;
import io.edgewise.ablation.DatasetMean;
import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.CircuitRunner;
import io.edgewise.circuit.CircuitSweep;
import io.edgewise.circuit.PatchType;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchVector;
import io.edgewise.score.ActivationMagnitude;
import io.edgewise.score.AnswerFunction;
import io.edgewise.score.EdgeScorer;
import io.edgewise.score.GradFunction;
import io.edgewise.score.MaskGradient;
import io.edgewise.score.MaskValue;
import io.edgewise.score.PruneScores;
import io.edgewise.uncertainty.Bootstrap;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A batch in pieces is the batch, but for rounding. */
class BatchPiecesTest {
    private static final double ROUNDING = 1e-5;
    /** Means of ratios divide by small numbers. */
    private static final double ROUNDING_OF_RATIOS = 1e-4;

    static Stream<Golden> goldens() {
        return Golden.VARIANTS.stream()
                .filter(variant -> variant.endsWith("qkv") || variant.endsWith("padded"))
                .map(Golden::of);
    }

    @ParameterizedTest
    @EnumSource
    void scoresAndCircuitsOfEveryAblation(AblationType type) {
        Golden golden = Golden.tinyGpt2();
        AblationActivations ablation = golden.ablation(type.name(), PromptSide.CORRUPT);
        EdgeScorer scorer = gradient(ablation);
        CircuitSweep sweep = sweep(golden, scorer, ablation);
        for (PromptBatch batch : golden.batches()) {
            for (int most = 1; most < batch.size(); most++) {
                BatchPieces pieces = BatchPieces.of(batch, most);
                assertThat(pieces.count()).isGreaterThan(1);
                same(scorer.score(golden.model(), pieces), scorer.score(golden.model(), batch));
                same(sweep.measure(golden.model(), pieces), sweep.measure(golden.model(), batch), ROUNDING_OF_RATIOS);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void scoresMagnitudesAndMeansOfEveryModel(Golden golden) {
        PatchableModel model = golden.model();
        PromptBatch batch = golden.batches().get(0);
        BatchPieces pieces = BatchPieces.of(batch, 2);
        EdgeScorer gradient = gradient(golden.ablation("BATCH_TOKENWISE_MEAN", PromptSide.CORRUPT));
        same(gradient.score(model, pieces), gradient.score(model, batch));
        same(new ActivationMagnitude().score(model, pieces), new ActivationMagnitude().score(model, batch));
        List<PromptSide> sides = List.of(PromptSide.CLEAN, PromptSide.CORRUPT);
        same(
                DatasetMean.sums(model, pieces, sides, batch.length()),
                DatasetMean.sums(model, BatchPieces.whole(batch), sides, batch.length()));
    }

    private static EdgeScorer gradient(AblationActivations ablation) {
        return new MaskGradient(
                GradFunction.LOGIT, AnswerFunction.AVG_DIFF, new MaskValue.IntegratedGradients(2), ablation, 4);
    }

    private static CircuitSweep sweep(Golden golden, EdgeScorer scorer, AblationActivations ablation) {
        PromptBatch first = golden.batches().get(0);
        PruneScores scores = PruneScores.of(
                golden.model().graph(), scorer.score(golden.model(), first).values());
        return new CircuitSweep(
                new CircuitRunner(
                        scores, Circuit.of(scores, List.of(0, 10, 60)), PatchType.TREE_PATCH, ablation, false),
                Golden.metrics(),
                new Bootstrap(2, 0),
                List.of(),
                3);
    }

    private static void same(BatchVector actual, BatchVector expected) {
        same(actual, expected, ROUNDING);
    }

    private static void same(BatchVector actual, BatchVector expected, double rounding) {
        assertThat(actual.batchIndex()).isEqualTo(expected.batchIndex());
        assertThat(actual.prompts()).isEqualTo(expected.prompts());
        double largest = Arrays.stream(expected.values()).map(Math::abs).max().orElseThrow();
        assertArrayEquals(expected.values(), actual.values(), rounding * largest);
    }
}
