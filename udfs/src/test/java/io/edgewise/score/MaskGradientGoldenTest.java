package io.edgewise.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.Golden;
import io.edgewise.ablation.Ablation;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchTotal;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** AutoCircuit's own mask gradients, key by key: {@code mask_gradient/<grad>/<answer>/<mask>/RESAMPLE/<side>}. */
class MaskGradientGoldenTest {

    static Stream<String> keys() {
        return StreamSupport.stream(Golden.info().get("score_keys").spliterator(), false)
                .map(key -> key.asText())
                .filter(key -> key.matches("mask_gradient/.*/(avg_diff|avg_val)/.*/RESAMPLE/(clean|corrupt)"));
    }

    @Test
    void everyGradFunctionAndMaskIsAmongTheGoldens() {
        assertThat(keys().filter(key -> key.startsWith("mask_gradient/logit/"))).hasSize(16);
        assertThat(keys()).hasSize(64);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void scoresAreAutoCircuits(String key) {
        PruneScores expected = PruneScores.fromTensors(Golden.model().graph(), Golden.scores(key), key);
        double[] actual = total(scorer(key));
        double largest = expected.descendingMagnitudes()[0];
        // With every edge patched all but one score of the other functions is rounding, AutoCircuit's up to 1.1e-5.
        double tolerance = key.startsWith("mask_gradient/logit/") ? 1e-5 : 2e-5;
        for (int edge = 0; edge < actual.length; edge++) {
            assertThat(actual[edge])
                    .as(Golden.model().graph().edge(edge).name())
                    .isCloseTo(expected.get(edge), within(tolerance * largest));
        }
    }

    private static double[] total(EdgeScorer scorer) {
        BatchTotal total = new BatchTotal();
        for (PromptBatch batch : Golden.batches()) {
            total.add(scorer.score(Golden.model(), batch));
        }
        return total.finish();
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
                Ablation.resample(PromptSide.valueOf(parts[5].toUpperCase(Locale.ROOT))),
                4);
    }
}
