package io.edgewise.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.EapIgGolden;
import io.edgewise.Golden;
import io.edgewise.Third;
import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.ablation.AblationType;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.RandomModels;
import io.edgewise.model.layer.Tokens;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchTotal;
import io.edgewise.reduce.BatchVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patching every edge alone: EAP-IG's own numbers, and runs of whole models with one patched edge. */
class ExactPatchingTest {
    /** The only edge into the first MLP of a parallel model. */
    private static final String LAST_WHOLE = "input->m0";

    private static final int BATCHES = 2;

    static Stream<Arguments> eapIg() {
        return EapIgGolden.MODELS.stream()
                .flatMap(model -> Stream.of(
                        Arguments.of(model, "exact/patching", "RESAMPLE"), Arguments.of(model, "exact/zero", "ZERO")));
    }

    /**
     * EAP-IG's scores are means over prompts. Its input node is the token embedding, ours is all that enters the first block: where positions are
     * learned, zero ablation of an edge from there takes them away too, and the scores of those edges are others. Patching takes the difference of two
     * prompts, in which the positions cancel. Of a parallel block only the edges that are scored first are an oracle, see the next test.
     */
    @ParameterizedTest
    @MethodSource("eapIg")
    void scoresAreEapIgs(String name, String method, String ablation) {
        Golden golden = Golden.of(name + "/qkv");
        ModelGraph graph = golden.model().graph();
        EapIgGolden theirs = EapIgGolden.of(name);
        double[] expected = means(theirs, method);
        double[] actual = scores(golden, exact(golden, ablation, new ExactEdges.All()));
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(largest).isGreaterThan(0.1);
        int same = 0;
        for (int edge = 0; edge < actual.length; edge++) {
            boolean isFromStart = graph.edge(edge).source().kind() == SourceNode.Kind.START;
            boolean isOther = name.equals("tiny-neox")
                    ? !theirs.isAfter(method, LAST_WHOLE, EapIgGolden.name(graph.edge(edge)))
                    : name.equals("tiny-gpt2") && ablation.equals("ZERO") && isFromStart;
            if (!isOther) {
                same++;
                assertThat(actual[edge] / BATCHES)
                        .as("%s", graph.edge(edge))
                        .isCloseTo(expected[edge], within(2e-5 * largest));
            }
        }
        // 110 edges, 27 of them from the start; of the parallel model those into the first block's heads.
        assertThat(same)
                .isEqualTo(
                        name.equals("tiny-neox") ? 12 : name.equals("tiny-gpt2") && ablation.equals("ZERO") ? 83 : 110);
    }

    /**
     * EAP-IG prunes a graph before it measures it, and doesn't put back what it pruned. In a model of parallel blocks the first MLP has one edge in, and
     * the last block's heads have one edge out: after such an edge everything is measured with its node taken out.
     */
    @ParameterizedTest
    @ValueSource(strings = {"exact/patching", "exact/zero"})
    void inParallelBlocksEapIgTakesOutNodesWithItsOnlyEdge(String method) {
        Golden golden = Golden.of("tiny-neox/qkv");
        ModelGraph graph = golden.model().graph();
        EapIgGolden theirs = EapIgGolden.of("tiny-neox");
        double[] expected = means(theirs, method);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        int compared = 0;
        for (int edge = 0; edge < expected.length; edge++) {
            if (!theirs.isAfter(method, LAST_WHOLE, EapIgGolden.name(graph.edge(edge)))) {
                int each = edge;
                EdgeMask mask = EdgeMask.where(
                        graph,
                        other -> other == each
                                || graph.edge(other).source().name().equals("MLP 0")
                                || EapIgGolden.name(graph.edge(other)).equals(LAST_WHOLE)
                                || (graph.edge(other).source().name().startsWith("A1.")
                                        && theirs.isAfter(
                                                method,
                                                EapIgGolden.name(graph.edge(each)),
                                                EapIgGolden.name(graph.edge(other)))));
                double change = golden.batches().stream()
                        .mapToDouble(
                                batch -> change(golden, batch, method.endsWith("zero") ? "ZERO" : "RESAMPLE", mask))
                        .sum();
                assertThat(change / BATCHES)
                        .as("%s", graph.edge(edge))
                        .isCloseTo(expected[edge], within(2e-5 * largest));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(90);
    }

    /** EAP-IG's means over prompts. */
    private static double[] means(EapIgGolden theirs, String method) {
        int prompts = theirs.golden().batches().size() * EapIgGolden.BATCH_SIZE;
        return Arrays.stream(theirs.scores(method)).map(sum -> sum / prompts).toArray();
    }

    private static double change(Golden golden, PromptBatch batch, String ablation, EdgeMask mask) {
        PatchableModel model = golden.model();
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Tokens tokens = model.tokens(batch, PromptSide.CLEAN);
            NDArray patch = golden.ablation(ablation, PromptSide.CORRUPT).on(model, batch);
            UnaryOperator<NDArray> loss = AnswerFunction.AVG_DIFF.loss(model, batch);
            return loss.apply(model.runPatched(tokens, patch, mask)).getFloat()
                    - loss.apply(model.logits(tokens)).getFloat();
        }
    }

    static Stream<Arguments> everyThirdGraph() {
        return Third.of(everyGraph().map(Arguments::of));
    }

    static Stream<Arguments> otherGraphs() {
        return Third.others(everyGraph().map(Arguments::of));
    }

    private static Stream<RandomModels.Patched> everyGraph() {
        Stream<RandomModels.Patched> goldens = Golden.VARIANTS.stream()
                .filter(variant -> !variant.startsWith("micro/"))
                .map(Golden::of)
                .map(golden -> new RandomModels.Patched(golden.toString(), golden.model(), golden.batches()));
        return Stream.concat(goldens, RandomModels.all());
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("otherGraphs")
    void itIsTheLossWithOneEdgePatchedElsewhereToo(RandomModels.Patched patched) {
        itIsTheLossWithOneEdgePatchedLessTheLossWithNone(patched);
    }

    /** Every family and kind of graph, on edges into every module. */
    @ParameterizedTest
    @MethodSource("everyThirdGraph")
    void itIsTheLossWithOneEdgePatchedLessTheLossWithNone(RandomModels.Patched patched) {
        PatchableModel model = patched.model();
        ModelGraph graph = model.graph();
        PromptBatch batch = patched.batches().get(1);
        ExactPatching exact = new ExactPatching(
                GradFunction.LOGIT,
                AnswerFunction.AVG_DIFF,
                AblationActivations.of(Ablation.of(AblationType.RESAMPLE, PromptSide.CORRUPT)),
                new ExactEdges.All(),
                batch.size());
        BitSet some = new BitSet();
        for (int edge = 0; edge < graph.edgeCount(); edge += graph.edgeCount() > 200 ? 13 : 3) {
            some.set(edge);
        }
        double[] actual =
                exact.score(model, BatchPieces.whole(batch), some, null).values();
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Tokens tokens = model.tokens(batch, PromptSide.CLEAN);
            NDArray patch = exact.ablation().on(model, batch);
            UnaryOperator<NDArray> loss = AnswerFunction.AVG_DIFF.loss(model, batch);
            double before = loss.apply(model.logits(tokens)).getFloat();
            NDArray logits = model.logits(tokens).abs().max();
            // Logits differ in their last bits, and each score is the difference of two sums of them.
            double rounding = 64 * 0x1p-24 * Math.max(1, logits.getFloat());
            some.stream().forEach(edge -> {
                EdgeMask mask = EdgeMask.where(graph, each -> each == edge);
                double after = loss.apply(model.runPatched(tokens, patch, mask)).getFloat();
                assertThat(actual[edge]).as("%s", graph.edge(edge)).isCloseTo(after - before, within(rounding));
            });
        }
    }

    /** The answer functions and gradient functions are those of the mask gradient: small patches change the loss as the gradient says. */
    @ParameterizedTest
    @MethodSource("functions")
    void everyLossIsTheMaskGradients(GradFunction gradFunction, AnswerFunction answerFunction) {
        Golden golden = Golden.tinyGpt2();
        PromptBatch batch =
                (answerFunction == AnswerFunction.MSE ? golden.batchesWithTargets() : golden.batches()).get(0);
        PatchableModel model = golden.model();
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray logits = model.logits(model.tokens(batch, PromptSide.CLEAN));
            double[] ofEach =
                    PromptLosses.of(model, batch, gradFunction, answerFunction).of(logits.concat(logits, 0));
            double loss = answerFunction
                    .loss(model, batch)
                    .apply(gradFunction.apply(logits))
                    .getFloat();
            assertThat(ofEach).hasSize(2 * batch.size());
            assertThat(Arrays.stream(ofEach).limit(batch.size()).average().orElseThrow())
                    .isCloseTo(loss, within(1e-5 * Math.abs(loss) + 1e-6));
            assertThat(Arrays.copyOfRange(ofEach, 0, batch.size()))
                    .containsExactly(Arrays.copyOfRange(ofEach, batch.size(), 2 * batch.size()));
        }
    }

    static Stream<Arguments> functions() {
        return Arrays.stream(GradFunction.values())
                .flatMap(grad -> Arrays.stream(AnswerFunction.values()).map(answer -> Arguments.of(grad, answer)));
    }

    @Test
    void whatPromptsAddSumsUpToTheScores() {
        Golden golden = Golden.tinyGpt2();
        ExactPatching exact = exact(golden, "RESAMPLE", new ExactEdges.All());
        List<double[]> shares = new ArrayList<>();
        BatchPieces batch = BatchPieces.of(golden.batches().get(0), 3);
        BatchVector whole = exact.score(golden.model(), batch, (prompt, each) -> shares.add(each.clone()));
        assertThat(shares).hasSize(4);
        assertThat(whole.values()).isEqualTo(exact.score(golden.model(), batch).values());
        for (int edge = 0; edge < whole.values().length; edge++) {
            int each = edge;
            double sum = shares.stream().mapToDouble(share -> share[each]).sum();
            assertThat(sum).isCloseTo(whole.values()[edge], within(1e-12));
        }
    }

    @Test
    void noArrayIsLeft() {
        Golden golden = Golden.tinyGpt2();
        ExactPatching exact = exact(golden, "RESAMPLE", new ExactEdges.All());
        exact.score(golden.model(), golden.batches().get(0));
        int before = golden.model().arrayCount();
        exact.score(golden.model(), golden.batches().get(0));
        assertThat(golden.model().arrayCount()).isEqualTo(before);
    }

    @Test
    void onlyTheStrongestEdgesOfOtherScoresArePatched() {
        Golden golden = Golden.tinyGpt2();
        ModelGraph graph = golden.model().graph();
        PruneScores all = PruneScores.of(graph, scores(golden, exact(golden, "RESAMPLE", new ExactEdges.All())));
        PruneScores some =
                PruneScores.of(graph, scores(golden, exact(golden, "RESAMPLE", new ExactEdges.Strongest(all, 10))));
        int[] ranking = all.ranking();
        double largest = Math.abs(all.get(ranking[0]));
        for (int rank = 0; rank < ranking.length; rank++) {
            double expected = rank < 10 ? all.get(ranking[rank]) : 0;
            assertThat(some.get(ranking[rank])).isCloseTo(expected, within(1e-5 * largest));
        }
    }

    private static ExactPatching exact(Golden golden, String ablation, ExactEdges edges) {
        return new ExactPatching(
                GradFunction.LOGIT, AnswerFunction.AVG_DIFF, golden.ablation(ablation, PromptSide.CORRUPT), edges, 4);
    }

    private static double[] scores(Golden golden, EdgeScorer scorer) {
        BatchTotal total = new BatchTotal();
        golden.batches().forEach(batch -> total.add(scorer.score(golden.model(), batch)));
        return scorer.finish(golden.model().graph(), total.finish(), total.prompts());
    }
}
