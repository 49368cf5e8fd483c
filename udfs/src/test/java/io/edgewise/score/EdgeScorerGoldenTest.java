package io.edgewise.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.Golden;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchTotal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** AutoCircuit's own mask gradients, key by key: {@code mask_gradient/<grad>/<answer>/<mask>/<ablation>/<side>}. */
class EdgeScorerGoldenTest {

    static Stream<String> keys() {
        return StreamSupport.stream(Golden.info().get("score_keys").spliterator(), false)
                .map(key -> key.asText())
                .filter(key -> key.matches("mask_gradient/.*/(avg_diff|avg_val)/.*"));
    }

    @Test
    void everyGradFunctionAndMaskIsAmongTheGoldens() {
        assertThat(keys().filter(key -> key.startsWith("mask_gradient/logit/"))).hasSize(64);
        assertThat(keys()).hasSize(256);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void scoresAreAutoCircuits(String key) {
        // With every edge patched all but one score of the other functions is rounding, AutoCircuit's up to 1.1e-5.
        compare(key, scorer(key), key.startsWith("mask_gradient/logit/") ? 1e-5 : 2e-5);
    }

    private static void compare(String key, EdgeScorer scorer, double tolerance) {
        PruneScores expected = PruneScores.fromTensors(Golden.model().graph(), Golden.scores(key), key);
        double[] actual = scores(scorer);
        double largest = expected.descendingMagnitudes()[0];
        for (int edge = 0; edge < actual.length; edge++) {
            assertThat(actual[edge])
                    .as(Golden.model().graph().edge(edge).name())
                    .isCloseTo(expected.get(edge), within(tolerance * largest));
        }
    }

    /** Edge attribution patching is the mask gradient of the logits at mask 0. */
    @ParameterizedTest
    @CsvSource({"True, AVG_DIFF", "False, AVG_VAL"})
    void atMaskZeroItIsEdgeAttributionPatching(String answerDiff, AnswerFunction answerFunction) {
        String key = "edge_attribution_patching/answer_diff=" + answerDiff;
        compare(
                key,
                new MaskGradient(
                        GradFunction.LOGIT,
                        answerFunction,
                        new MaskValue.Constant(0),
                        Golden.ablation("RESAMPLE", PromptSide.CORRUPT),
                        4),
                1e-5);
    }

    @Test
    void activationMagnitudesAreAutoCircuits() {
        compare("activation_magnitude", new ActivationMagnitude(), 1e-5);
    }

    @Test
    void randomScoresDependOnTheSeedAlone() {
        double[] scores = scores(new RandomScores(7));
        assertThat(scores).hasSize(110).containsExactly(scores(new RandomScores(7)));
        assertThat(scores).isNotEqualTo(scores(new RandomScores(8)));
        assertThat(scores).doesNotHaveDuplicates();
        assertThat(Arrays.stream(scores).allMatch(score -> score >= 0 && score < 1))
                .isTrue();
    }

    private static double[] scores(EdgeScorer scorer) {
        BatchTotal total = new BatchTotal();
        for (PromptBatch batch : Golden.batches()) {
            total.add(scorer.score(Golden.model(), batch));
        }
        return scorer.finish(Golden.model().graph(), total.finish(), total.prompts());
    }

    private static MaskGradient scorer(String key) {
        String[] parts = key.split("/", -1);
        String[] mask = parts[3].split("=", -1);
        return new MaskGradient(
                GradFunction.valueOf(parts[1].toUpperCase(Locale.ROOT)),
                AnswerFunction.valueOf(parts[2].toUpperCase(Locale.ROOT)),
                mask[0].equals("ig")
                        ? new MaskValue.IntegratedGradients(Integer.parseInt(mask[1]))
                        : new MaskValue.Constant(Double.parseDouble(mask[1])),
                Golden.ablation(
                        parts[4],
                        parts[5].equals("None")
                                ? PromptSide.CORRUPT
                                : PromptSide.valueOf(parts[5].toUpperCase(Locale.ROOT))),
                4);
    }
}
