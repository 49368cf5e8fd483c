package io.edgewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.Golden;
import io.edgewise.Rounding;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.EdgeVector;
import io.edgewise.graph.GraphSpec.KeyValueEdges;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.layer.Tokens;
import io.edgewise.model.stream.PatchOrigin;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.prompt.PromptSide;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every model and every kind of graph, whatever the numbers are. */
class PatchingPropertiesTest {
    private static final double STEP = 0.02;

    private final NDScope scope = new NDScope();

    static Stream<RandomModels.Patched> variants() {
        Stream<RandomModels.Patched> goldens = Stream.concat(
                        Golden.VARIANTS.stream(), Golden.POST_NORM_VARIANTS.stream())
                .map(Golden::of)
                .map(golden -> new RandomModels.Patched(golden.toString(), golden.model(), golden.batches()));
        return Stream.concat(goldens, RandomModels.all());
    }

    /** Those without a router whose choice of experts jumps on the way from the clean to the corrupt prompts. */
    static Stream<RandomModels.Patched> smooth() {
        return variants().filter(each -> !each.name().startsWith("mixtral"));
    }

    static Stream<RandomModels.Patched> decoders() {
        return variants().filter(each -> !each.name().startsWith("micro/"));
    }

    /** Keys and values that heads share have edges for each head. */
    static Stream<RandomModels.Patched> byHead() {
        return smooth().filter(each -> !isByGroup(each));
    }

    static Stream<RandomModels.Patched> byGroup() {
        return smooth().filter(PatchingPropertiesTest::isByGroup);
    }

    private static boolean isByGroup(RandomModels.Patched each) {
        return each.name().endsWith(KeyValueEdges.GROUP.name());
    }

    @AfterEach
    void free() {
        scope.close();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void patchingNoEdgeIsTheCleanRunAndPatchingAllIsTheCorruptRun(RandomModels.Patched golden) {
        PatchableModel model = golden.model();
        PromptBatch batch = golden.batches().get(0);
        Tokens clean = model.tokens(batch, PromptSide.CLEAN);
        Tokens corrupt = model.tokens(batch, PromptSide.CORRUPT);
        NDArray patch = model.sources(corrupt);
        float[] whole = model.logits(clean).toFloatArray();
        assertArrayEquals(
                whole, model.runPatched(clean, patch, all(model.graph(), 0)).toFloatArray(), Rounding.of(whole));
        float[] ablated = model.logits(corrupt).toFloatArray();
        assertArrayEquals(
                ablated, model.runPatched(clean, patch, all(model.graph(), 1)).toFloatArray(), Rounding.of(ablated));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void circuitsTogetherGiveWhatEachGivesAlone(RandomModels.Patched golden) {
        PatchableModel model = golden.model();
        PromptBatch batch = golden.batches().get(0);
        Tokens clean = model.tokens(batch, PromptSide.CLEAN);
        NDArray resampled = model.sources(model.tokens(batch, PromptSide.CORRUPT));
        NDArray mean = resampled.mean(new int[] {1}, true).broadcast(resampled.getShape());
        List<EdgeMask> masks = masks(model.graph());
        for (PatchOrigin origin : PatchOrigin.values()) {
            NDArray patch = origin == PatchOrigin.ONE_RUN ? resampled : mean;
            List<Integer> places = new ArrayList<>();
            new PatchedRuns(model).circuits(clean, patch, origin, masks, (place, logits) -> {
                places.add(place);
                float[] alone = model.runPatched(clean, patch, masks.get(place)).toFloatArray();
                float largest = 0;
                for (float logit : alone) {
                    largest = Math.max(largest, Math.abs(logit));
                }
                assertArrayEquals(alone, logits.toFloatArray(), 1e-4f * largest + 1e-6f, () -> "mask %s, %s"
                        .formatted(place, origin));
            });
            assertThat(places)
                    .isEqualTo(IntStream.range(0, masks.size()).boxed().toList());
        }
    }

    /** Random circuits of all sizes, those with few edges left among few nodes too, so that many are dead. */
    private static List<EdgeMask> masks(ModelGraph graph) {
        SplittableRandom random = new SplittableRandom(11);
        List<EdgeMask> masks = new ArrayList<>();
        for (double share : new double[] {0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98, 1}) {
            masks.add(EdgeMask.where(graph, edge -> random.nextDouble() < share));
        }
        for (int kept = 1; kept < 6; kept++) {
            int first = graph.edgeCount() - 4 * kept;
            masks.add(EdgeMask.where(graph, edge -> edge >= 3 && (edge < first || random.nextDouble() < 0.5)));
        }
        return masks;
    }

    @ParameterizedTest
    @MethodSource("variants")
    void theMaskGradientIsTheSlopeOfOneEdgesMask(RandomModels.Patched golden) {
        PatchableModel model = golden.model();
        PromptBatch batch = golden.batches().get(0);
        Tokens clean = model.tokens(batch, PromptSide.CLEAN);
        NDArray patch = model.sources(model.tokens(batch, PromptSide.CORRUPT));
        SplittableRandom random = new SplittableRandom(5);
        double largest = 0;
        for (double mask : new double[] {0, 0.5, 1}) {
            double[] gradients = new MaskGradients(model).of(clean, patch, mask, PatchingPropertiesTest::loss);
            // At mask 1 most have no gradient: what differences round to is measured by the largest of all.
            largest = Math.max(
                    largest, Arrays.stream(gradients).map(Math::abs).max().orElseThrow());
            for (int i = 0; i < 8; i++) {
                int edge = random.nextInt(gradients.length);
                double forth = value(model.runPatched(clean, patch, around(model.graph(), mask, edge, STEP)));
                double back = value(model.runPatched(clean, patch, around(model.graph(), mask, edge, -STEP)));
                assertThat((forth - back) / (2 * STEP))
                        .as("%s at mask %s", model.graph().edge(edge), mask)
                        .isCloseTo(gradients[edge], within(0.02 * Math.abs(gradients[edge]) + 2e-3 * largest));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void severalMaskValuesInOnePassGiveTheSumOfEach(RandomModels.Patched golden) {
        PatchableModel model = golden.model();
        PromptBatch batch = golden.batches().get(0);
        Tokens clean = model.tokens(batch, PromptSide.CLEAN);
        NDArray patch = model.sources(model.tokens(batch, PromptSide.CORRUPT));
        List<Double> masks = List.of(0.0, 0.3, 1.0);
        double[] sum = new double[model.graph().edgeCount()];
        for (double mask : masks) {
            double[] one = new MaskGradients(model).of(clean, patch, mask, PatchingPropertiesTest::loss);
            for (int edge = 0; edge < sum.length; edge++) {
                sum[edge] += one[edge];
            }
        }
        for (PatchOrigin origin : PatchOrigin.values()) {
            assertArrayEquals(
                    sum,
                    new MaskGradients(model).of(clean, patch, origin, masks, PatchingPropertiesTest::loss),
                    Rounding.of(sum),
                    origin::name);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void atMaskOneWhatIsKnownOfOneRunIsTheGradientOfARunOfItsOwn(RandomModels.Patched golden) {
        PatchableModel model = golden.model();
        PromptBatch batch = golden.batches().get(0);
        Tokens clean = model.tokens(batch, PromptSide.CLEAN);
        NDArray patch = model.sources(model.tokens(batch, PromptSide.CORRUPT));
        double[] zero = new MaskGradients(model).of(clean, patch, 0, PatchingPropertiesTest::loss);
        double[] both = new MaskGradients(model)
                .of(clean, patch, PatchOrigin.ONE_RUN, List.of(0.0, 1.0), PatchingPropertiesTest::loss);
        double[] one = new MaskGradients(model).of(clean, patch, 1, PatchingPropertiesTest::loss);
        double largest = Arrays.stream(zero).map(Math::abs).max().orElseThrow();
        for (int edge = 0; edge < one.length; edge++) {
            assertThat(both[edge] - zero[edge])
                    .as("%s", model.graph().edge(edge))
                    .isCloseTo(one[edge], within(1e-5 * Math.max(largest, Math.abs(one[edge]))));
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("byGroup")
    void integratedGradientsOfGroupsAddUpToTheDifferenceOfTheEndsToo(RandomModels.Patched golden) {
        integratedGradientsAddUpToTheDifferenceOfTheEnds(golden);
    }

    @ParameterizedTest
    @MethodSource("byHead")
    void integratedGradientsAddUpToTheDifferenceOfTheEnds(RandomModels.Patched golden) {
        PatchableModel model = golden.model();
        PromptBatch batch = golden.batches().get(0);
        Tokens clean = model.tokens(batch, PromptSide.CLEAN);
        Tokens corrupt = model.tokens(batch, PromptSide.CORRUPT);
        NDArray patch = model.sources(corrupt);
        double start = value(model.logits(clean));
        double end = value(model.logits(corrupt));
        // Random models with soft caps curve more sharply than trained ones.
        GaussIntegrator points = new GaussIntegratorFactory().legendre(batch.length() == 7 ? 48 : 16, 0, 1);
        double sum = points.integrate(
                mask -> Arrays.stream(new MaskGradients(model).of(clean, patch, mask, PatchingPropertiesTest::loss))
                        .sum());
        assertThat(sum).isCloseTo(end - start, within(1e-3 * (start + end)));
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void sourcesAndAttentionBiasesAddUpToTheResidual(RandomModels.Patched golden) {
        PatchableModel model = golden.model();
        if (!model.isFactorized()) {
            return;
        }
        Tokens clean = model.tokens(golden.batches().get(0), PromptSide.CLEAN);
        int last = model.config().blocks() - 1;
        NDArray residual = model.runWithCache(clean).cache().get("blocks." + last + ".hook_resid_post");
        NDArray rest = residual.sub(model.sources(clean).sum(new int[] {0}));
        // What is left is the biases b_O, the same in every prompt and at every position.
        float[] values = rest.toFloatArray();
        Offset<Float> rounding = within(Rounding.of(residual.toFloatArray()));
        int width = model.config().modelWidth();
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isCloseTo(values[i % width], rounding);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void scoresAddUpOverPrompts(RandomModels.Patched golden) {
        PatchableModel model = golden.model();
        PromptBatch together = golden.batches().get(1);
        double[] whole = gradients(model, together);
        double[] parts = new double[whole.length];
        for (PromptPair pair : together.pairs()) {
            double[] one = gradients(model, PromptBatch.of(0, List.of(pair), together.length()));
            for (int edge = 0; edge < parts.length; edge++) {
                parts[edge] += one[edge] / together.size();
            }
        }
        double largest = Arrays.stream(whole).map(Math::abs).max().orElseThrow();
        assertArrayEquals(whole, parts, 1e-5 * largest + 1e-9);
    }

    private double[] gradients(PatchableModel model, PromptBatch batch) {
        NDArray patch = model.sources(model.tokens(batch, PromptSide.CORRUPT));
        return new MaskGradients(model)
                .of(model.tokens(batch, PromptSide.CLEAN), patch, 0, PatchingPropertiesTest::loss);
    }

    private static EdgeMask all(ModelGraph graph, double mask) {
        return around(graph, mask, 0, 0);
    }

    private static EdgeMask around(ModelGraph graph, double mask, int edge, double step) {
        double[] masks = new double[graph.edgeCount()];
        Arrays.fill(masks, mask);
        masks[edge] += step;
        return new EdgeMask(EdgeVector.of(graph, masks));
    }

    /** A mean of squares: smooth, and not the same for every token. */
    static NDArray loss(NDArray logits) {
        return logits.mul(logits).mean();
    }

    static double value(NDArray logits) {
        double sum = 0;
        for (float logit : logits.toFloatArray()) {
            sum += (double) logit * logit;
        }
        return sum / logits.size();
    }
}
