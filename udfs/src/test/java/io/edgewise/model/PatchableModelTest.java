package io.edgewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.Golden;
import io.edgewise.graph.EdgeMask;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchableModelTest {
    private final PatchableModel model = Golden.tinyGpt2().model();
    private final PromptBatch batch = Golden.tinyGpt2().batches().get(0);
    private final NDScope scope = new NDScope();

    @AfterEach
    void free() {
        scope.close();
    }

    @Test
    void patchingNoEdgeIsTheCleanRunAndPatchingAllIsTheCorruptRun() {
        NDArray patch = model.sources(model.tokens(batch, PromptSide.CORRUPT));
        Tokens clean = model.tokens(batch, PromptSide.CLEAN);
        float[] none = model.runPatched(clean, patch, EdgeMask.where(model.graph(), edge -> false))
                .toFloatArray();
        float[] all = model.runPatched(clean, patch, EdgeMask.where(model.graph(), edge -> true))
                .toFloatArray();
        assertThat(none).containsExactly(model.logits(clean).toFloatArray());
        assertThat(all)
                .containsExactly(
                        model.logits(model.tokens(batch, PromptSide.CORRUPT)).toFloatArray(), within(1e-4f));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Resid Start->A0.0.Q",
                "Resid Start->A0.3.V",
                "A0.1->MLP 0",
                "A0.2->A1.1.K",
                "MLP 0->A1.3.Q",
                "A1.0->MLP 1",
                "MLP 1->Resid End",
                "Resid Start->Resid End"
            })
    void theMaskGradientIsTheSlopeOfPatchingOneEdge(String name) {
        int edge = indexOf(name);
        NDArray patch = model.sources(model.tokens(batch, PromptSide.CORRUPT));
        Tokens clean = model.tokens(batch, PromptSide.CLEAN);
        // Patches a fiftieth of the way to the corrupt activations and as far the other way.
        NDArray current = model.sources(clean);
        NDArray way = patch.sub(current).mul(0.02);
        EdgeMask one = EdgeMask.where(model.graph(), each -> each == edge);
        double forth = mean(model.runPatched(clean, current.add(way), one));
        double back = mean(model.runPatched(clean, current.sub(way), one));
        double predicted = model.maskGradients(clean, current.add(way), 0, NDArray::mean)[edge];
        assertThat((forth - back) / 2).isCloseTo(predicted, within(0.02 * Math.abs(predicted) + 1e-6));
    }

    @Test
    void integratedGradientsAddUpToTheDifferenceOfTheEnds() {
        NDArray patch = model.sources(model.tokens(batch, PromptSide.CORRUPT));
        Tokens clean = model.tokens(batch, PromptSide.CLEAN);
        double difference = mean(model.logits(model.tokens(batch, PromptSide.CORRUPT))) - mean(model.logits(clean));
        int points = 64;
        double sum = 0;
        for (int i = 0; i < points; i++) {
            sum += Arrays.stream(model.maskGradients(clean, patch, (i + 0.5) / points, NDArray::mean))
                            .sum()
                    / points;
        }
        assertThat(sum).isCloseTo(difference, within(1e-3 * Math.abs(difference) + 1e-5));
    }

    @Test
    void sourcesAndAttentionBiasesAddUpToTheResidual() {
        // With every edge patched, the end of the stream reads the patches and the biases b_O, whatever else ran.
        Tokens clean = model.tokens(batch, PromptSide.CLEAN);
        NDArray own = model.sources(clean);
        float[] again = model.runPatched(clean, own, EdgeMask.where(model.graph(), edge -> true))
                .toFloatArray();
        assertThat(again).containsExactly(model.logits(clean).toFloatArray(), within(1e-5f));
    }

    @Test
    void twoThreadsDifferentiateAtOnceAndGetTheSameBits() throws Exception {
        double[] alone = gradients();
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            CountDownLatch both = new CountDownLatch(2);
            Future<double[]> first = pool.submit(() -> together(both));
            Future<double[]> second = pool.submit(() -> together(both));
            assertThat(first.get()).containsExactly(alone);
            assertThat(second.get()).containsExactly(alone);
        } finally {
            pool.shutdownNow();
        }
    }

    private double[] together(CountDownLatch both) throws InterruptedException {
        both.countDown();
        both.await();
        double[] last = gradients();
        for (int i = 0; i < 20; i++) {
            last = gradients();
        }
        return last;
    }

    private double[] gradients() {
        try (NDScope own = new NDScope()) {
            own.suppressNotUsedWarning();
            NDArray patch = model.sources(model.tokens(batch, PromptSide.CORRUPT));
            return model.maskGradients(model.tokens(batch, PromptSide.CLEAN), patch, 0.3, NDArray::mean);
        }
    }

    private int indexOf(String name) {
        for (int edge = 0; edge < model.graph().edgeCount(); edge++) {
            if (model.graph().edge(edge).name().equals(name)) {
                return edge;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private static double mean(NDArray logits) {
        double sum = 0;
        for (float logit : logits.toFloatArray()) {
            sum += logit;
        }
        return sum / logits.size();
    }
}
