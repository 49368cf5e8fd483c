package io.edgewise.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.Golden;
import io.edgewise.Rounding;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws that edge attributions obey, whatever the model. */
class EdgeAttributionTest {
    private static final int BATCH = 4;
    private static final GradientRule GRADIENT = new GradientRule.Gradient();

    private static double[] score(Golden golden, GradientPoints points) {
        return Attribution.resampled(points, GRADIENT, BATCH)
                .score(golden.model(), golden.batches().get(0))
                .values();
    }

    static Stream<Golden> goldens() {
        return Stream.of(
                        "tiny-gpt2/qkv",
                        "tiny-gpt2/attn_in",
                        "tiny-gpt2/tok",
                        "tiny-gpt2/node",
                        "tiny-gpt2/padded",
                        "tiny-gpt2/kvcache",
                        "tiny-llama/qkv",
                        "tiny-neox/tok")
                .map(Golden::of);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void atTheCleanPointItIsTheMaskGradientAtZero(Golden golden) {
        MaskGradient gradient = new MaskGradient(
                GradFunction.LOGIT,
                AnswerFunction.AVG_DIFF,
                new MaskValue.Constant(0),
                golden.ablation("RESAMPLE", PromptSide.CORRUPT),
                BATCH);
        double[] expected =
                gradient.score(golden.model(), golden.batches().get(0)).values();
        assertArrayEquals(expected, score(golden, new GradientPoints.Clean()), Rounding.of(expected));
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void cleanCorruptedIsTheMeanOfItsTwoPoints(Golden golden) {
        double[] clean = score(golden, new GradientPoints.Clean());
        double[] corrupt = score(golden, new GradientPoints.Inputs(1));
        double[] mean = IntStream.range(0, clean.length)
                .mapToDouble(edge -> (clean[edge] + corrupt[edge]) / 2)
                .toArray();
        assertArrayEquals(mean, score(golden, new GradientPoints.CleanCorrupted()), Rounding.of(mean));
    }

    /** The loss of one batch's corrupt prompts less that of its clean prompts. */
    private static double lossDifference(Golden golden) {
        PatchableModel model = golden.model();
        PromptBatch batch = golden.batches().get(0);
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            UnaryOperator<NDArray> loss = AnswerFunction.AVG_DIFF.loss(GradFunction.LOGIT, model, batch);
            return loss.apply(model.logits(model.tokens(batch, PromptSide.CORRUPT)))
                            .getFloat()
                    - loss.apply(model.logits(model.tokens(batch, PromptSide.CLEAN)))
                            .getFloat();
        }
    }

    static double sum(double[] scores, ModelGraph graph, IntPredicate edges) {
        return IntStream.range(0, graph.edgeCount())
                .filter(edges)
                .mapToDouble(edge -> scores[edge])
                .sum();
    }

    /** A Riemann sum of S steps misses the integral by about half of a step's change, so eight times the steps miss about an eighth. */
    private static void approaches(double difference, double few, double many) {
        assertThat(Math.abs(many - difference)).isLessThan(Math.abs(few - difference) / 4);
        assertThat(many).isCloseTo(difference, within(0.05 * Math.abs(difference)));
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void edgesFromTheEmbeddingAddUpToTheLossDifferenceOfEapIgInputs(Golden golden) {
        ModelGraph graph = golden.model().graph();
        if (!graph.spec().factorized()) {
            return;
        }
        IntPredicate fromStart = edge -> graph.edge(edge).source().kind() == SourceNode.Kind.START;
        approaches(
                lossDifference(golden),
                sum(score(golden, new GradientPoints.Inputs(8)), graph, fromStart),
                sum(score(golden, new GradientPoints.Inputs(64)), graph, fromStart));
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void everyCutAddsUpToTheLossDifferenceOfConductance(Golden golden) {
        ModelGraph graph = golden.model().graph();
        if (!graph.spec().factorized()) {
            return;
        }
        double[] few = score(golden, GradientPoints.Inputs.conductance(8));
        double[] many = score(golden, GradientPoints.Inputs.conductance(64));
        int layers = graph.end().layer();
        for (int layer = 1; layer <= layers; layer++) {
            int cut = layer;
            IntPredicate across = edge -> graph.edge(edge).source().layer() < cut
                    && graph.edge(edge).destination().layer() >= cut;
            approaches(lossDifference(golden), sum(few, graph, across), sum(many, graph, across));
        }
    }
}
