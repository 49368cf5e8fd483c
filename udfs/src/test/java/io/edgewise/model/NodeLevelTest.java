package io.edgewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.edgewise.Golden;
import io.edgewise.InputException;
import io.edgewise.Rounding;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.Level;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.NodeMask;
import io.edgewise.model.layer.Tokens;
import io.edgewise.prompt.PromptSide;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for nodes and neurons in every model. */
class NodeLevelTest {
    private static final float STEP = 0.02f;

    private final NDScope scope = new NDScope();

    private static final List<String> GOLDENS = List.of(
            "micro/default",
            "tiny-gpt2/attn_in",
            "tiny-gpt2/padded",
            "tiny-attn-only/qkv",
            "tiny-neox/qkv",
            "tiny-gemma2/qkv");
    private static final List<String> RANDOM = List.of("qwen3 GROUP", "neox-sequential HEAD", "gemma2 HEAD");

    static Stream<RandomModels.Patched> models() {
        PatchableModel behindPrefix = Golden.tinyGpt2().model().withPrefix(List.of(3, 5));
        return Stream.of(
                        GOLDENS.stream().map(name -> of(Golden.of(name))),
                        RandomModels.all().filter(each -> RANDOM.contains(each.name())),
                        Stream.of(new RandomModels.Patched(
                                "tiny-gpt2 behind a prefix",
                                behindPrefix,
                                Golden.tinyGpt2().batches())))
                .flatMap(each -> each);
    }

    @AfterEach
    void free() {
        scope.close();
    }

    @ParameterizedTest
    @MethodSource("models")
    void aNodesScoreIsTheSumOfItsEdgesAndOfItsNeurons(RandomModels.Patched patched) {
        PatchableModel model = patched.model();
        Tokens clean = clean(patched);
        NDArray patch = corrupt(patched);
        double[] edges = new MaskGradients(model).of(clean, patch, 0, PatchingPropertiesTest::loss);
        double[] nodes = gradients(patched, Level.NODE, true).ofAll();
        double[] neurons = gradients(patched, Level.NEURON, true).ofAll();
        assertThat(nodes).hasSize(model.graph().sources().size());
        assertThat(Rounding.of(nodes)).isPositive();
        int width = neurons.length / nodes.length;
        assertThat(width).isEqualTo(model.config().modelWidth());
        // A sum rounds by a share of what goes into it, which may cancel.
        double[] ofEdges = sums(edges, model.graph(), false);
        assertArrayEquals(ofEdges, nodes, Rounding.of(sums(edges, model.graph(), true)));
        double[] ofNeurons = new double[nodes.length];
        double[] magnitudes = new double[nodes.length];
        for (int place = 0; place < neurons.length; place++) {
            ofNeurons[place / width] += neurons[place];
            magnitudes[place / width] += Math.abs(neurons[place]);
        }
        assertArrayEquals(ofNeurons, nodes, Rounding.of(magnitudes));
    }

    /** The sums over each source's edges. */
    private static double[] sums(double[] edges, ModelGraph graph, boolean ofMagnitudes) {
        double[] sums = new double[graph.sources().size()];
        for (int edge = 0; edge < edges.length; edge++) {
            sums[graph.edge(edge).source().index()] += ofMagnitudes ? Math.abs(edges[edge]) : edges[edge];
        }
        return sums;
    }

    @ParameterizedTest
    @MethodSource("models")
    void promptsAddUpToTheScoresWhichDontDependOnWhetherTheyAreAskedFor(RandomModels.Patched patched) {
        for (Level level : new Level[] {Level.NODE, Level.NEURON}) {
            EdgeGradients with = gradients(patched, level, true);
            EdgeGradients without = gradients(patched, level, false);
            assertThat(without.ofAll()).isEqualTo(with.ofAll());
            assertThat(without.ofEach()).isEmpty();
            double[] sum = new double[with.ofAll().length];
            double[] magnitudes = new double[sum.length];
            for (double[] each : with.ofEach()) {
                for (int place = 0; place < sum.length; place++) {
                    sum[place] += each[place];
                    magnitudes[place] += Math.abs(each[place]);
                }
            }
            assertArrayEquals(sum, with.ofAll(), Rounding.of(magnitudes));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void aNeuronsScoreIsTheSlopeOfItsMask(RandomModels.Patched patched) {
        PatchableModel model = patched.model();
        double[] neurons = gradients(patched, Level.NEURON, true).ofAll();
        double largest = Arrays.stream(neurons).map(Math::abs).max().orElseThrow();
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 4; i++) {
            int place = random.nextInt(neurons.length);
            float[] masks = new float[neurons.length];
            masks[place] = STEP;
            double forth = run(patched, new NodeMask(model.config().modelWidth(), masks));
            masks[place] = -STEP;
            double back = run(patched, new NodeMask(model.config().modelWidth(), masks));
            assertThat((forth - back) / (2 * STEP))
                    .as("%s", place)
                    .isCloseTo(neurons[place], within(0.02 * Math.abs(neurons[place]) + 0.02 * largest));
        }
    }

    private static double run(RandomModels.Patched patched, NodeMask mask) {
        return PatchingPropertiesTest.value(
                new PatchedRuns(patched.model()).patched(clean(patched), corrupt(patched), mask));
    }

    @ParameterizedTest
    @MethodSource("models")
    void patchingANodeIsPatchingAllItsEdgesAndAllItsNeurons(RandomModels.Patched patched) {
        PatchableModel model = patched.model();
        Tokens clean = clean(patched);
        NDArray patch = corrupt(patched);
        ModelGraph graph = model.graph();
        SplittableRandom random = new SplittableRandom(7);
        int sources = graph.sources().size();
        for (double share : new double[] {0, 0.3, 0.7, 1}) {
            NodeMask nodes = NodeMask.where(1, sources, source -> random.nextDouble() < share);
            EdgeMask edges = EdgeMask.where(
                    graph, edge -> nodes.touches(graph.edge(edge).source().index()));
            float[] expected = model.runPatched(clean, patch, edges).toFloatArray();
            assertArrayEquals(
                    expected,
                    new PatchedRuns(model).patched(clean, patch, nodes).toFloatArray(),
                    Rounding.of(expected));
            int width = model.config().modelWidth();
            NodeMask neurons = NodeMask.where(width, sources * width, place -> nodes.touches(place / width));
            assertThat(new PatchedRuns(model).patched(clean, patch, neurons).toFloatArray())
                    .isEqualTo(
                            new PatchedRuns(model).patched(clean, patch, nodes).toFloatArray());
        }
    }

    /** A node's change at some of its coordinates is its whole change with the others set to nothing. */
    @ParameterizedTest
    @MethodSource("models")
    void patchingSomeNeuronsOfTheFirstNodeIsPatchingItByAnAblationThatDiffersThere(RandomModels.Patched patched) {
        PatchableModel model = patched.model();
        int width = model.config().modelWidth();
        int size = model.graph().sources().size() * width;
        NDArray patch = corrupt(patched);
        NDArray sources = model.sources(clean(patched));
        float[] even = new float[width];
        for (int place = 0; place < width; place += 2) {
            even[place] = 1;
        }
        NDArray mixed = sources.add(patch.sub(sources).mul(model.create(even, new Shape(width))));
        float[] expected = new PatchedRuns(model)
                .patched(clean(patched), mixed, NodeMask.where(1, size / width, source -> source == 0))
                .toFloatArray();
        float[] found = new PatchedRuns(model)
                .patched(clean(patched), patch, NodeMask.where(width, size, place -> place < width && place % 2 == 0))
                .toFloatArray();
        assertArrayEquals(expected, found, Rounding.of(expected));
        assertThat(found).isNotEqualTo(model.logits(clean(patched)).toFloatArray());
    }

    @Test
    void graphsWhoseEdgesArentAllOfANodesHaveNone() {
        assertThatThrownBy(() -> gradients(of(Golden.of("tiny-gpt2/node")), Level.NODE, true))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("want --factorized true");
        assertThatThrownBy(() -> gradients(of(Golden.of("tiny-gpt2/tok")), Level.NEURON, true))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("leave out --seq-len");
    }

    private static RandomModels.Patched of(Golden golden) {
        return new RandomModels.Patched(golden.toString(), golden.model(), golden.batches());
    }

    private static EdgeGradients gradients(RandomModels.Patched patched, Level level, boolean ofEachPrompt) {
        NDArray patch = corrupt(patched);
        return new GradientRuns(
                        patched.model(),
                        level,
                        StagePoints.clean(),
                        patch,
                        new GradientRuns.Changes.OfRun(patch::sub),
                        false)
                .products(clean(patched), PatchingPropertiesTest::loss, ofEachPrompt);
    }

    private static Tokens clean(RandomModels.Patched patched) {
        return patched.model().tokens(patched.batches().get(0), PromptSide.CLEAN);
    }

    private static NDArray corrupt(RandomModels.Patched patched) {
        return patched.model().sources(patched.model().tokens(patched.batches().get(0), PromptSide.CORRUPT));
    }
}
