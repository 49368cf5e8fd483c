package io.edgewise.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.edgewise.Golden;
import io.edgewise.Rounding;
import io.edgewise.graph.Level;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.config.RelevanceRule;
import io.edgewise.prompt.BatchPieces;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A node's score is the sum of its edges' and of its neurons', by every method that has such scores. */
class AttributionLevelTest {
    private static final int BATCH = 4;
    private static final GradientRule GRADIENT = new GradientRule.Gradient();

    static Stream<Arguments> methods() {
        return Stream.of("tiny-gpt2/qkv", "tiny-gpt2/padded", "tiny-llama/qkv", "tiny-neox/qkv")
                .map(Golden::of)
                .flatMap(golden -> Stream.of(
                                Attribution.resampled(new GradientPoints.Clean(), GRADIENT, BATCH),
                                Attribution.resampled(
                                        new GradientPoints.Clean(),
                                        new GradientRule.RelP(EnumSet.allOf(RelevanceRule.class)),
                                        BATCH),
                                Attribution.resampled(new GradientPoints.CleanCorrupted(), GRADIENT, BATCH),
                                Attribution.resampled(new GradientPoints.Inputs(3), GRADIENT, BATCH),
                                Attribution.resampled(GradientPoints.Inputs.conductance(3), GRADIENT, BATCH),
                                Attribution.resampled(new GradientPoints.Activations(2), GRADIENT, BATCH))
                        .map(scorer -> Arguments.of(golden, scorer)));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void nodesAreTheSumsOfTheirEdgesAndOfTheirNeurons(Golden golden, Attribution scorer) {
        PatchableModel model = golden.model();
        ModelGraph graph = model.graph();
        int width = model.config().modelWidth();
        double[] edges = score(golden, scorer);
        double[] nodes = score(golden, scorer.at(Level.NODE, width));
        double[] neurons = score(golden, scorer.at(Level.NEURON, width));
        double[] sums = new double[nodes.length];
        double[] ofNeurons = new double[nodes.length];
        double[] magnitudes = new double[nodes.length];
        for (int edge = 0; edge < edges.length; edge++) {
            sums[graph.edge(edge).source().index()] += edges[edge];
            magnitudes[graph.edge(edge).source().index()] += Math.abs(edges[edge]);
        }
        for (int neuron = 0; neuron < neurons.length; neuron++) {
            ofNeurons[neuron / width] += neurons[neuron];
            magnitudes[neuron / width] += Math.abs(neurons[neuron]);
        }
        assertArrayEquals(nodes, ofNeurons, Rounding.of(magnitudes));
        // EAP-IG's edges from the embedding have no gradient while it is moved itself, unless positions are learned.
        boolean isShort = scorer.points() instanceof GradientPoints.Activations
                && model.config().attention().isRotary();
        for (SourceNode source : graph.sources()) {
            if (isShort && source.kind() == SourceNode.Kind.START) {
                sums[source.index()] = nodes[source.index()];
            }
        }
        assertArrayEquals(sums, nodes, Rounding.of(magnitudes));
    }

    private static double[] score(Golden golden, Attribution scorer) {
        return scorer.score(golden.model(), golden.batches().get(0)).values();
    }

    static List<Golden> goldens() {
        return List.of(Golden.of("tiny-gpt2/qkv"), Golden.of("tiny-neox/qkv"));
    }

    /** With several prompts in one pass and a run at each of several points, each prompt's share is what it scores alone. */
    @ParameterizedTest
    @MethodSource("goldens")
    void sharesOfNodesAddUp(Golden golden) {
        for (Level level : List.of(Level.NODE, Level.NEURON)) {
            Attribution scorer = Attribution.resampled(GradientPoints.Inputs.conductance(3), GRADIENT, BATCH)
                    .at(level, golden.model().config().modelWidth());
            double[] sum = new double[scorer.scoreCount(golden.model().graph())];
            double[] magnitudes = new double[sum.length];
            double[] scores = scorer.score(
                            golden.model(), BatchPieces.whole(golden.batches().get(0)), (prompt, share) -> {
                                for (int place = 0; place < sum.length; place++) {
                                    sum[place] += share[place];
                                    magnitudes[place] += Math.abs(share[place]);
                                }
                            })
                    .values();
            assertArrayEquals(scores, sum, Rounding.of(magnitudes));
        }
    }
}
