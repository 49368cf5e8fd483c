package io.edgewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.Rounding;
import io.edgewise.TestDevice;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.Level;
import io.edgewise.graph.PromptMasks;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.GradientRuns.Changes;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.model.config.OutputTokens;
import io.edgewise.model.layer.Tokens;
import io.edgewise.model.stream.PatchOrigin;
import io.edgewise.model.weights.Checkpoint;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.safetensors.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Passes leave out what no result needs, or do it once for several. The results are those of the whole work. */
class LeftOutWorkTest {
    private final NDScope scope = new NDScope();

    @TempDir
    private Path directory;

    static Stream<RandomModels.Patched> decoders() {
        return PatchingPropertiesTest.decoders();
    }

    static Stream<RandomModels.Patched> variants() {
        return PatchingPropertiesTest.variants();
    }

    LeftOutWorkTest() {
        scope.suppressNotUsedWarning();
    }

    @AfterEach
    void free() {
        scope.close();
    }

    /** A hook has to see every position, so with a hook, even one that changes nothing, the last block is computed everywhere. */
    @ParameterizedTest
    @MethodSource("decoders")
    void positionsThatTheOutputDoesNotReadChangeNoGradient(RandomModels.Patched each) {
        PatchableModel model = each.model();
        PatchableModel whole = model.addHook("blocks.0.hook_resid_pre", (name, activation) -> activation);
        PromptBatch batch = each.batches().get(0);
        Patch patch = model.patch(model.tokens(batch, PromptSide.CORRUPT));
        Patch ofWhole = Patch.of(whole, whole.sources(whole.tokens(batch, PromptSide.CORRUPT)));
        for (List<Double> masks : List.of(List.of(0.0), List.of(0.4), List.of(0.0, 0.4, 1.0))) {
            EdgeGradients expected = gradients(whole, batch, ofWhole, masks);
            EdgeGradients found = gradients(model, batch, patch, masks);
            assertArrayEquals(expected.ofAll(), found.ofAll(), 4 * Rounding.of(expected.ofAll()), masks::toString);
            for (int prompt = 0; prompt < batch.size(); prompt++) {
                double[] ofPrompt = expected.ofEach()[prompt];
                assertArrayEquals(ofPrompt, found.ofEach()[prompt], 4 * Rounding.of(ofPrompt), masks::toString);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void positionsThatTheOutputDoesNotReadChangeNoProduct(RandomModels.Patched each) {
        PatchableModel model = each.model();
        PatchableModel whole = model.addHook("blocks.0.hook_resid_pre", (name, activation) -> activation);
        PromptBatch batch = each.batches().get(0);
        NDArray corrupt = model.sources(model.tokens(batch, PromptSide.CORRUPT));
        NDArray way = corrupt.sub(model.sources(model.tokens(batch, PromptSide.CLEAN)));
        for (StagePoints points :
                List.of(StagePoints.clean(), new StagePoints(SourceNode.Kind.START, 0, List.of(0.0, 0.5)))) {
            int runs = points.shares().size();
            for (Changes changes : List.of(new Changes.Given(way), new Changes.OfRun(written -> corrupt.repeat(1, runs)
                    .sub(written)
                    .mul(3)))) {
                double[] expected = products(whole, batch, points, way, changes);
                assertArrayEquals(
                        expected,
                        products(model, batch, points, way, changes),
                        4 * Rounding.of(expected),
                        () -> points + " " + changes);
            }
        }
    }

    private static double[] products(
            PatchableModel model, PromptBatch batch, StagePoints points, NDArray way, Changes changes) {
        return new GradientRuns(model, Level.EDGE, points, way, changes, false)
                .products(model.tokens(batch, PromptSide.CLEAN), PatchingPropertiesTest::loss, false)
                .ofAll();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void whatHeadsMixedInARunPatchesAsWhatTheyWrote(RandomModels.Patched each) {
        PatchableModel model = each.model();
        PromptBatch batch = each.batches().get(0);
        Tokens corrupt = model.tokens(batch, PromptSide.CORRUPT);
        Patch run = model.patch(corrupt);
        float[] logits = model.logits(corrupt).toFloatArray();
        assertArrayEquals(logits, Objects.requireNonNull(run.logits()).toFloatArray(), Rounding.of(logits));
        double largest = 0;
        for (List<Double> masks : List.of(List.of(0.0), List.of(1.0), List.of(0.0, 0.4, 1.0))) {
            double[] expected = gradients(model, batch, Patch.of(model, model.sources(corrupt)), masks)
                    .ofAll();
            // At mask 1 most have no gradient: what is left is the rounding of larger ones.
            largest = Math.max(largest, Rounding.of(expected));
            assertArrayEquals(expected, gradients(model, batch, run, masks).ofAll(), 4 * largest, masks::toString);
        }
    }

    private static EdgeGradients gradients(PatchableModel model, PromptBatch batch, Patch patch, List<Double> masks) {
        return new MaskGradients(model)
                .of(
                        model.tokens(batch, PromptSide.CLEAN),
                        patch,
                        PatchOrigin.ONE_RUN,
                        masks,
                        PatchingPropertiesTest::loss,
                        true);
    }

    /** With 186 inputs of destinations, gradients don't wait for one product. */
    @Test
    void destinationsMultipliedInSeveralGoesHaveTheGradientsOfMasksOfTheirOwn() throws IOException {
        Files.writeString(
                directory.resolve("config.json"),
                """
                {"model_type": "gpt2", "n_layer": 5, "n_head": 12, "n_embd": 24, "n_positions": 16, "vocab_size": 53}
                """);
        RandomCheckpoint.write(directory, TensorType.F32, 1, 1);
        try (Transformer transformer = Transformer.load(Checkpoint.open(directory), TestDevice.here(), 1)) {
            PatchableModel model = PatchableModel.of(transformer, GraphSpec.DEFAULT, OutputSlice.LAST_SEQ);
            PromptBatch batch =
                    RandomModels.all().findFirst().orElseThrow().batches().get(0);
            NDArray patch = model.sources(model.tokens(batch, PromptSide.CORRUPT));
            float[] masks = new float[model.graph().edgeCount()];
            double[] expected = new MaskGradients(model)
                    .of(
                            model.tokens(batch, PromptSide.CLEAN),
                            patch,
                            PromptMasks.shared(model.graph(), masks),
                            PatchingPropertiesTest::loss)
                    .ofMasks()[0];
            EdgeGradients found = gradients(model, batch, Patch.of(model, patch), List.of(0.0));
            assertArrayEquals(expected, found.ofAll(), 4 * Rounding.of(expected));
            double[] sum = new double[expected.length];
            for (double[] ofPrompt : found.ofEach()) {
                for (int edge = 0; edge < sum.length; edge++) {
                    sum[edge] += ofPrompt[edge];
                }
            }
            assertArrayEquals(expected, sum, 4 * Rounding.of(expected));
        }
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void logitsOfSomeTokensAreThoseOfAll(RandomModels.Patched each) {
        PatchableModel model = each.model();
        PatchableModel some = model.withOutputs(OutputTokens.of(List.of(2, 0, 2)));
        Tokens tokens = model.tokens(each.batches().get(0), PromptSide.CLEAN);
        NDArray all = model.logits(tokens);
        NDArray found = some.logits(tokens);
        assertThat(found.getShape().get(found.getShape().dimension() - 1)).isEqualTo(2);
        for (int place = 0; place < 2; place++) {
            int token = List.of(0, 2).get(place);
            assertThat(some.outputs().place(token)).isEqualTo(place);
            float[] expected = all.get("..., {}", token).toFloatArray();
            assertArrayEquals(expected, found.get("..., {}", place).toFloatArray(), Rounding.of(all.toFloatArray()));
        }
    }

    @Test
    void aTokenWithoutALogitIsSaid() {
        assertThatThrownBy(() -> OutputTokens.of(List.of(4, 2)).place(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Token 3 has no logit; those that have are [2, 4]");
        assertThat(OutputTokens.ALL.place(3)).isEqualTo(3);
        assertThat(OutputTokens.ALL.count(53)).isEqualTo(53);
    }
}
