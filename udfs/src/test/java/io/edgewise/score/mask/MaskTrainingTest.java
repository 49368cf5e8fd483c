package io.edgewise.score.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.Golden;
import io.edgewise.Rounding;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.score.PruneScores;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What training does, whatever the numbers are. */
class MaskTrainingTest {
    private static final int SIZE = 30;
    private static final double STEP = 0.02;
    private static final CleanLogits CLEAN = new CleanLogits(1 << 20);

    private final Golden golden = Golden.tinyGpt2();
    private final PatchableModel model = golden.model();
    private final int edges = model.graph().edgeCount();

    private MaskObjective objective(FaithfulnessTarget target, boolean isTree) {
        return new MaskObjective(
                MaskFunction.HARD_CONCRETE,
                target,
                isTree,
                golden.ablation("RESAMPLE", isTree ? PromptSide.CORRUPT : PromptSide.CLEAN),
                false,
                0,
                3);
    }

    private Trainer.Run train(double lambda, @Nullable Integer size, int epochs, double start) {
        SubnetworkProbing training = new SubnetworkProbing(
                objective(FaithfulnessTarget.KL_DIV, true),
                new Regularizer(lambda, size, List.of(), 1),
                0.1,
                epochs,
                start,
                1);
        return new Trainer(model, golden.batches(), training).run();
    }

    @Test
    void aHighPriceEmptiesTheCircuit() {
        Trainer.Run run = train(1_000, null, 40, MaskFunction.START);
        assertThat(run.curve().get(0).edges()).isGreaterThan(0.1 * edges);
        assertThat(run.curve().get(79).edges()).isLessThan(0.05 * edges);
    }

    @Test
    void aWholeModelThatCostsNothingStaysWhole() {
        Trainer.Run run = train(0, null, 5, -20);
        assertThat(run.state().theta()).containsOnly(-20);
        assertThat(run.curve()).extracting(TrainingPoint::edges).containsOnly((double) edges);
        assertThat(run.curve()).allSatisfy(point -> assertThat(point.loss()).isCloseTo(0, within(1e-5)));
    }

    @Test
    void theBestEdgesOfATrainedCircuitBeatRandomOnes() {
        Trainer.Run run = train(5, SIZE, 60, -MaskFunction.START);
        double[] theta = run.state().theta();
        List<Integer> best = IntStream.range(0, edges)
                .boxed()
                .sorted((a, b) -> Double.compare(theta[a], theta[b]))
                .limit(SIZE)
                .toList();
        double trained = divergence(best);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20; i++) {
            List<Integer> others =
                    random.ints(0, edges).distinct().limit(SIZE).boxed().toList();
            assertThat(trained).isLessThan(divergence(others));
        }
    }

    /** The divergence of a circuit, all other edges being ablated: that of masks at both ends. */
    private double divergence(List<Integer> circuit) {
        double[] theta = new double[edges];
        Arrays.fill(theta, 50);
        circuit.forEach(edge -> theta[edge] = -50);
        MaskStep step = new MaskStep(objective(FaithfulnessTarget.KL_DIV, true), theta, 0);
        return golden.batches().stream()
                .mapToDouble(batch -> step.faithfulness(model, BatchPieces.whole(batch), CLEAN)
                        .values()[edges])
                .sum();
    }

    @ParameterizedTest
    @EnumSource(
            value = FaithfulnessTarget.class,
            names = {"KL_DIV", "ANSWER", "WRONG_ANSWER", "LOGIT_DIFF_PERCENT"})
    void theGradientIsTheSlopeOfTheFaithfulnessWhileDrawsStay(FaithfulnessTarget target) {
        BatchPieces batch = BatchPieces.whole(golden.batches().get(1));
        for (boolean isTree : new boolean[] {true, false}) {
            MaskObjective objective = objective(target, isTree);
            double[] theta = new SplittableRandom(5).doubles(edges, -1, 1).toArray();
            double[] found = new MaskStep(objective, theta, 4)
                    .gradients(model, batch, CLEAN)
                    .values();
            double largest = Arrays.stream(found, 0, edges).map(Math::abs).max().orElseThrow();
            SplittableRandom random = new SplittableRandom(9);
            for (int i = 0; i < 6; i++) {
                int edge = random.nextInt(edges);
                double slope = (at(objective, theta, edge, STEP, batch) - at(objective, theta, edge, -STEP, batch))
                        / (2 * STEP);
                assertThat(slope)
                        .as("%s, %s", model.graph().edge(edge), objective)
                        .isCloseTo(found[edge], within(0.05 * Math.abs(found[edge]) + 0.02 * largest));
            }
        }
    }

    private double at(MaskObjective objective, double[] theta, int edge, double step, BatchPieces batch) {
        double[] moved = theta.clone();
        moved[edge] += step;
        return new MaskStep(objective, moved, 4).gradients(model, batch, CLEAN).values()[edges];
    }

    @Test
    void aBatchInPiecesAddsTheSame() {
        PromptBatch batch = golden.batches().get(0);
        double[] theta = new SplittableRandom(5).doubles(edges, -1, 1).toArray();
        MaskStep step = new MaskStep(objective(FaithfulnessTarget.KL_DIV, false), theta, 2);
        double[] whole = step.gradients(model, BatchPieces.whole(batch), CLEAN).values();
        double[] pieces = step.gradients(model, BatchPieces.of(batch, 1), CLEAN).values();
        for (int i = 0; i < whole.length; i++) {
            assertThat(pieces[i]).isCloseTo(whole[i], within(4 * Rounding.of(whole)));
        }
    }

    @Test
    void masksThatAreLeftOutAreZeroAndTheOthersLargerByAsMuch() {
        MaskObjective objective = new MaskObjective(
                MaskFunction.NONE,
                FaithfulnessTarget.KL_DIV,
                true,
                golden.ablation("RESAMPLE", PromptSide.CORRUPT),
                false,
                0.25,
                3);
        double[] theta = new double[edges];
        Arrays.fill(theta, 0.3);
        DrawnMasks drawn = DrawnMasks.of(
                model.graph(), objective, theta, 0, golden.batches().get(0));
        float[] masks = drawn.masks().ofEach().get(0);
        int out = 0;
        for (int edge = 0; edge < edges; edge++) {
            assertThat(masks[edge]).isIn(0f, (float) (0.3 / 0.75));
            assertThat(drawn.slopes().get(0)[edge]).isEqualTo(masks[edge] == 0 ? 0f : (float) (1 / 0.75));
            out += masks[edge] == 0 ? 1 : 0;
        }
        assertThat((double) out / edges).isCloseTo(0.25, within(4 * Math.sqrt(0.25 * 0.75 / edges)));
    }

    @Test
    void aShareOfCorrectAnswersHasNoGradient() {
        double[] theta = new double[edges];
        double[] found = new MaskStep(objective(FaithfulnessTarget.CORRECT_PERCENT, true), theta, 0)
                .gradients(model, BatchPieces.whole(golden.batches().get(0)), CLEAN)
                .values();
        assertThat(Arrays.stream(found, 0, edges)).containsOnly(0.0);
        assertThat(found[edges] / 4).isBetween(0.0, 1.0);
    }

    @Test
    void avoidedEdgesLeaveTheCircuitFirst() {
        List<Integer> avoided = List.of(3, 50, 107);
        SubnetworkProbing training = new SubnetworkProbing(
                objective(FaithfulnessTarget.KL_DIV, true), new Regularizer(1, edges, avoided, 500), 0.1, 10, 0, 1);
        double[] theta =
                new Trainer(model, golden.batches(), training).run().state().theta();
        double most = IntStream.range(0, edges)
                .filter(edge -> !avoided.contains(edge))
                .mapToDouble(edge -> theta[edge])
                .max()
                .orElseThrow();
        assertThat(avoided).allSatisfy(edge -> assertThat(theta[edge]).isGreaterThanOrEqualTo(most - 1e-3));
    }

    @Tag("slow")
    @Test
    void edgePruningEndsWithAboutAsManyEdgesAsWanted() {
        MaskObjective objective = new MaskObjective(
                MaskFunction.HARD_CONCRETE,
                FaithfulnessTarget.KL_DIV,
                true,
                golden.ablation("RESAMPLE", PromptSide.CORRUPT),
                true,
                0,
                3);
        EdgePruning training = new EdgePruning(objective, SIZE, 0.8, 200, 10, 1);
        Trainer.Run run = new Trainer(model, golden.batches(), training).run();
        assertThat(run.curve().get(0).edges()).isCloseTo(edges, within(1.0));
        assertThat(run.curve().get(399).edges()).isBetween(0.5 * SIZE, 2.0 * SIZE);
        assertThat(Arrays.stream(training.scores(run.state()))).hasSize(edges).allMatch(score -> score >= 0);
    }

    @Test
    void scoresRankTheCircuitFirst() {
        Trainer.Run run = train(1, null, 1, 0);
        double[] theta = run.state().theta();
        SubnetworkProbing tree = new SubnetworkProbing(
                objective(FaithfulnessTarget.KL_DIV, true), new Regularizer(1, null, List.of(), 1), 0.1, 1, 0, 1);
        PruneScores scores = PruneScores.of(model.graph(), tree.scores(run.state()));
        int least = IntStream.range(0, edges)
                .reduce((a, b) -> theta[a] <= theta[b] ? a : b)
                .orElseThrow();
        assertThat(scores.get(least))
                .isEqualTo(
                        IntStream.range(0, edges).mapToDouble(scores::get).max().orElseThrow());
    }
}
