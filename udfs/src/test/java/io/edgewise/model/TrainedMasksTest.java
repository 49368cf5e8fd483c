package io.edgewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.Golden;
import io.edgewise.Rounding;
import io.edgewise.Third;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.EdgeVector;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.PromptMasks;
import io.edgewise.model.layer.Tokens;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.prompt.PromptSide;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A mask of its own on every edge: what holds for every model and every kind of graph, whatever the numbers are. */
class TrainedMasksTest {
    private static final double STEP = 0.02;

    private final NDScope scope = new NDScope();

    static Stream<Arguments> variants() {
        return Third.of(PatchingPropertiesTest.variants().map(Arguments::of));
    }

    static Stream<Arguments> otherVariants() {
        return Third.others(PatchingPropertiesTest.variants().map(Arguments::of));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("otherVariants")
    void theOthersObeyTheSameLaws(RandomModels.Patched golden) {
        masksOfOneValueHaveTheGradientsOfTheUniformMask(golden);
        theGradientIsTheSlopeOfTheLossAlongAnyDirection(golden);
        promptsWithMasksOfTheirOwnHaveTheGradientsOfEachAlone(golden);
    }

    @AfterEach
    void free() {
        scope.close();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void masksOfOneValueHaveTheGradientsOfTheUniformMask(RandomModels.Patched golden) {
        PatchableModel model = golden.model();
        PromptBatch batch = golden.batches().get(0);
        Tokens clean = model.tokens(batch, PromptSide.CLEAN);
        NDArray patch = model.sources(model.tokens(batch, PromptSide.CORRUPT));
        double largest = 0;
        for (double mask : new double[] {0, 0.5, 1}) {
            float[] all = new float[model.graph().edgeCount()];
            Arrays.fill(all, (float) mask);
            double[] uniform = new MaskGradients(model).of(clean, patch, mask, PatchingPropertiesTest::loss);
            // At mask 1 most have no gradient: what is left is the rounding of larger ones.
            largest = Math.max(largest, Rounding.of(uniform));
            double[][] own = new MaskGradients(model)
                    .of(clean, patch, PromptMasks.shared(model.graph(), all), PatchingPropertiesTest::loss)
                    .ofMasks();
            assertArrayEquals(uniform, own[0], 4 * largest, () -> "mask " + mask);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void theGradientIsTheSlopeOfTheLossAlongAnyDirection(RandomModels.Patched golden) {
        PatchableModel model = golden.model();
        PromptBatch batch = golden.batches().get(0);
        Tokens clean = model.tokens(batch, PromptSide.CLEAN);
        NDArray patch = model.sources(model.tokens(batch, PromptSide.CORRUPT));
        SplittableRandom random = new SplittableRandom(7);
        double[] masks = random.doubles(model.graph().edgeCount()).toArray();
        LossGradients found =
                new MaskGradients(model).of(clean, patch, shared(model.graph(), masks), PatchingPropertiesTest::loss);
        double here = PatchingPropertiesTest.value(model.runPatched(clean, patch, mask(model.graph(), masks)));
        assertThat(found.loss()).isCloseTo(here, within(1e-4 * here));
        double[] gradients = found.ofMasks()[0];
        double largest = Arrays.stream(gradients).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < 8; i++) {
            int edge = random.nextInt(gradients.length);
            double[] forth = masks.clone();
            double[] back = masks.clone();
            forth[edge] += STEP;
            back[edge] -= STEP;
            double slope = (PatchingPropertiesTest.value(model.runPatched(clean, patch, mask(model.graph(), forth)))
                            - PatchingPropertiesTest.value(model.runPatched(clean, patch, mask(model.graph(), back))))
                    / (2 * STEP);
            assertThat(slope)
                    .as("%s", model.graph().edge(edge))
                    .isCloseTo(gradients[edge], within(0.02 * Math.abs(gradients[edge]) + 2e-3 * largest));
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void promptsWithMasksOfTheirOwnHaveTheGradientsOfEachAlone(RandomModels.Patched golden) {
        PatchableModel model = golden.model();
        PromptBatch batch = golden.batches().get(1);
        SplittableRandom random = new SplittableRandom(13);
        List<float[]> ofEach = new ArrayList<>();
        for (int prompt = 0; prompt < batch.size(); prompt++) {
            ofEach.add(floats(random.doubles(model.graph().edgeCount()).toArray()));
        }
        double[][] together = new MaskGradients(model)
                .of(
                        model.tokens(batch, PromptSide.CLEAN),
                        model.sources(model.tokens(batch, PromptSide.CORRUPT)),
                        new PromptMasks(model.graph(), ofEach),
                        PatchingPropertiesTest::loss)
                .ofMasks();
        for (int prompt = 0; prompt < batch.size(); prompt++) {
            PromptPair pair = batch.pairs().get(prompt);
            PromptBatch one = PromptBatch.of(0, List.of(pair), batch.length());
            double[] alone = new MaskGradients(model)
                    .of(
                            model.tokens(one, PromptSide.CLEAN),
                            model.sources(model.tokens(one, PromptSide.CORRUPT)),
                            PromptMasks.shared(model.graph(), ofEach.get(prompt)),
                            PatchingPropertiesTest::loss)
                    .ofMasks()[0];
            Arrays.setAll(alone, edge -> alone[edge] / batch.size());
            assertArrayEquals(alone, together[prompt], 4 * Rounding.of(alone), "prompt " + prompt);
        }
    }

    @Test
    void noArrayIsLeftBehind() {
        PatchableModel model = Golden.tinyGpt2().model();
        PromptBatch batch = Golden.tinyGpt2().batches().get(0);
        Tokens clean = model.tokens(batch, PromptSide.CLEAN);
        NDArray patch = model.sources(model.tokens(batch, PromptSide.CORRUPT));
        PromptMasks masks =
                PromptMasks.shared(model.graph(), new float[model.graph().edgeCount()]);
        int before = model.arrayCount();
        for (int pass = 0; pass < 20; pass++) {
            new MaskGradients(model).of(clean, patch, masks, PatchingPropertiesTest::loss);
            assertThat(model.arrayCount()).isEqualTo(before);
        }
    }

    private static PromptMasks shared(ModelGraph graph, double[] masks) {
        return PromptMasks.shared(graph, floats(masks));
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static EdgeMask mask(ModelGraph graph, double[] masks) {
        return new EdgeMask(EdgeVector.of(graph, masks));
    }
}
