package io.edgewise.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.Golden;
import io.edgewise.Rounding;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.score.AnswerFunction;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each prompt adds to a metric's sums, of the corrupt run in place of a circuit's. */
class CircuitMetricTest {
    /** With answers at one position, of several numbers, and at all positions. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny-gpt2/qkv", "tiny-gpt2/ragged", "tiny-gpt2/noslice"})
    void aPromptAddsTheSameInABatchAndAlone(String variant) {
        Golden golden = Golden.of(variant);
        PromptBatch batch = golden.batches().get(0);
        assertThat(batch.size()).isGreaterThan(1);
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            FullModel together = FullModel.on(golden.model(), batch);
            for (CircuitMetric metric : Golden.metrics()) {
                double[][] shares = metric.measure(together.corrupt(), together);
                assertThat(shares).as(metric.name()).hasNumberOfRows(metric.sums());
                for (int prompt = 0; prompt < batch.size(); prompt++) {
                    FullModel alone = FullModel.on(golden.model(), batch.part(prompt, prompt + 1));
                    NDArray logits = together.corrupt().get("{}:{}", prompt, prompt + 1);
                    double[][] own = metric.measure(logits, alone);
                    for (int sum = 0; sum < shares.length; sum++) {
                        double tolerance = 1e-4 * Math.max(1, Math.abs(own[sum][0]));
                        assertArrayEquals(own[sum], new double[] {shares[sum][prompt]}, tolerance, metric.name());
                    }
                }
            }
        }
    }

    /** With one number for all tokens and positions, or one each. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny-gpt2/qkv", "tiny-gpt2/noslice"})
    void theMeanSquaredErrorIsTheLossOfItsName(String variant) {
        Golden golden = Golden.of(variant);
        for (PromptBatch batch : golden.batchesWithTargets()) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                FullModel full = FullModel.on(golden.model(), batch);
                double[] each = new MeanSquaredError().measure(full.corrupt(), full)[0];
                double loss = AnswerFunction.MSE
                        .loss(golden.model(), batch)
                        .apply(full.corrupt())
                        .getFloat();
                assertThat(Arrays.stream(each).sum() / batch.size()).isCloseTo(loss, within(Rounding.of(each)));
                assertThat(loss).isPositive();
            }
        }
    }
}
