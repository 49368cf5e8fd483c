package io.edgewise.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.Golden;
import io.edgewise.Rounding;
import io.edgewise.TestDevice;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.EdgeVector;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.GraphSpec.KeyValueEdges;
import io.edgewise.graph.Level;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.GradientRuns;
import io.edgewise.model.GradientRuns.Changes;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.RandomCheckpoint;
import io.edgewise.model.RandomModels;
import io.edgewise.model.StagePoints;
import io.edgewise.model.Transformer;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.model.config.RelevanceRule;
import io.edgewise.model.layer.Tokens;
import io.edgewise.model.weights.Checkpoint;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.prompt.PromptSide;
import io.edgewise.safetensors.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of the rules by which gradients are taken: AtP*'s queries and keys, and RelP's constants. */
class GradientRuleTest {
    private static final int BATCH = 4;

    static Stream<RandomModels.Patched> models() {
        Golden padded = Golden.of("tiny-gpt2/padded");
        Golden plain = Golden.of("tiny-gpt2/qkv");
        return Stream.concat(
                RandomModels.all(),
                Stream.of(
                        new RandomModels.Patched("padded", padded.model(), padded.batches()),
                        new RandomModels.Patched(
                                "behind a prefix", plain.model().withPrefix(List.of(0, 37, 85)), plain.batches())));
    }

    /**
     * As changes of queries and keys become small, and leave the norm's root as it is, the effects through the pattern become those of the
     * gradient.
     */
    @ParameterizedTest
    @MethodSource("models")
    void smallChangesOfQueriesAndKeysHaveTheGradientsEffect(RandomModels.Patched patched) {
        PatchableModel model = patched.model();
        PromptBatch batch = patched.batches().get(0);
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Tokens tokens = model.tokens(batch, PromptSide.CLEAN);
            NDArray sources = model.sources(tokens);
            NDArray away =
                    model.sources(model.tokens(batch, PromptSide.CORRUPT)).sub(sources);
            NDArray changes = acrossOf(sources.get(0), away.get(0)).mul(0.01f).expandDims(0);
            NDArray all = changes.concat(sources.get("1:").zerosLike(), 0);
            UnaryOperator<NDArray> loss = AnswerFunction.AVG_DIFF.loss(GradFunction.LOGIT, model, batch);
            double[] linear = products(model, tokens, all, loss, false);
            double[] there = products(model, tokens, all, loss, true);
            double[] back = products(model, tokens, all.neg(), loss, true);
            double[] slope = IntStream.range(0, there.length)
                    .mapToDouble(edge -> (there[edge] - back[edge]) / 2)
                    .toArray();
            double[] wanted = ofQueriesAndKeys(model.graph(), linear);
            double largest = Arrays.stream(wanted).map(Math::abs).max().orElseThrow();
            assertThat(largest).isPositive();
            // A change of 1% of an embedding: the third derivative's share of it is about 1e-4; rounding of the
            // patterns is 2^-24 in about 1e-3.
            assertArrayEquals(wanted, ofQueriesAndKeys(model.graph(), slope), 2e-3 * largest);
        }
    }

    /** What is left of changes without their parts along the vectors and along the mean: norms divide by the same root, to first order. */
    private static NDArray acrossOf(NDArray vectors, NDArray changes) {
        int[] last = {-1};
        NDArray centred = vectors.sub(vectors.mean(last, true));
        NDArray flat = changes.sub(changes.mean(last, true));
        NDArray along =
                flat.mul(centred).sum(last, true).div(centred.mul(centred).sum(last, true));
        return flat.sub(along.mul(centred));
    }

    private static double[] products(
            PatchableModel model, Tokens tokens, NDArray changes, UnaryOperator<NDArray> loss, boolean patterns) {
        return new GradientRuns(model, Level.EDGE, StagePoints.clean(), changes, new Changes.Given(changes), patterns)
                .products(tokens, loss, false)
                .ofAll();
    }

    /** Those of the first block, which read nothing but the embedding. */
    private static double[] ofQueriesAndKeys(ModelGraph graph, double[] products) {
        return IntStream.range(0, graph.edgeCount())
                .filter(edge -> isQueryOrKey(graph.moduleOf(edge)))
                .filter(edge -> graph.edge(edge).source().kind() == SourceNode.Kind.START)
                .filter(edge -> graph.moduleOf(edge).block() == 0)
                .mapToDouble(edge -> products[edge])
                .toArray();
    }

    private static boolean isQueryOrKey(DestinationModule module) {
        return module.kind() == DestinationModule.Kind.QUERY || module.kind() == DestinationModule.Kind.KEY;
    }

    /** Behind the pattern of a model of one block of attention, without norms and MLPs, everything is linear. */
    @Test
    void inAModelOfOnePatternItIsExact(@TempDir Path directory) throws IOException {
        Files.writeString(
                directory.resolve("config.json"),
                """
                {"n_layers": 1, "d_model": 12, "n_ctx": 16, "d_head": 4, "n_heads": 3, "d_vocab": 30, "attn_only": true,
                 "normalization_type": null, "attention_dir": "causal", "positional_embedding_type": "standard"}""");
        RandomCheckpoint.write(directory, TensorType.F32, 1, 5);
        try (Transformer weights = Transformer.load(Checkpoint.open(directory), TestDevice.here(), 1);
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            PatchableModel model = PatchableModel.of(
                    weights, new GraphSpec(true, true, KeyValueEdges.HEAD, null), OutputSlice.LAST_SEQ);
            ModelGraph graph = model.graph();
            PromptBatch batch = PromptBatch.of(
                    0,
                    List.of(
                            PromptPair.of(List.of(1, 2, 3, 4), List.of(5, 6, 7, 8), List.of(9), List.of(10)),
                            PromptPair.of(List.of(11, 2, 9, 4), List.of(5, 16, 7, 18), List.of(3), List.of(20))));
            double[] scores = Attribution.resampled(new GradientPoints.Clean(), new GradientRule.AtpStar(), BATCH)
                    .score(model, batch)
                    .values();
            UnaryOperator<NDArray> loss = AnswerFunction.AVG_DIFF.loss(GradFunction.LOGIT, model, batch);
            Tokens tokens = model.tokens(batch, PromptSide.CLEAN);
            NDArray patch = model.sources(model.tokens(batch, PromptSide.CORRUPT));
            double clean = loss.apply(model.logits(tokens)).getFloat();
            double largest = Arrays.stream(scores).map(Math::abs).max().orElseThrow();
            int queriesAndKeys = 0;
            for (int edge = 0; edge < graph.edgeCount(); edge++) {
                if (isQueryOrKey(graph.moduleOf(edge))) {
                    double[] one = new double[graph.edgeCount()];
                    one[edge] = 1;
                    NDArray patched = model.runPatched(tokens, patch, new EdgeMask(EdgeVector.of(graph, one)));
                    double exact = (loss.apply(patched).getFloat() - clean) * batch.size() / BATCH;
                    assertThat(scores[edge]).isCloseTo(exact, within(1e-5 * Math.max(largest, Math.abs(clean))));
                    queriesAndKeys++;
                }
            }
            assertThat(queriesAndKeys).isEqualTo(6);
        }
    }

    /** Without biases, all that the end reads is what sources wrote, and with a held norm the logits are linear in it. */
    @Test
    void relevanceAtTheEndAddsUpToTheLoss() {
        Golden golden = Golden.of("tiny-llama/qkv");
        for (Set<RelevanceRule> rules : List.of(
                EnumSet.of(RelevanceRule.LN_RULE),
                EnumSet.of(RelevanceRule.LN_RULE, RelevanceRule.IDENTITY_RULE, RelevanceRule.HALF_RULE))) {
            ModelGraph graph = golden.model().graph();
            Relevances found = Relevances.of(golden, rules);
            double sum = EdgeAttributionTest.sum(
                    found.products(), graph, edge -> graph.moduleOf(edge).equals(graph.end()));
            assertThat(sum).isCloseTo(found.loss(), within(1e-4 * found.largest()));
        }
    }

    /** With all rules the model is linear in its embedding, so every cut through it carries the whole loss. */
    @Test
    void withEveryRuleEveryCutAddsUpToTheLoss() {
        Golden golden = Golden.of("tiny-llama/qkv");
        ModelGraph graph = golden.model().graph();
        Relevances found = Relevances.of(golden, EnumSet.allOf(RelevanceRule.class));
        for (int layer = 1; layer <= graph.end().layer(); layer++) {
            int cut = layer;
            double sum = EdgeAttributionTest.sum(
                    found.products(),
                    graph,
                    edge -> graph.edge(edge).source().layer() < cut
                            && graph.edge(edge).destination().layer() >= cut);
            assertThat(sum).as("layer %d", cut).isCloseTo(found.loss(), within(1e-4 * found.largest()));
        }
        assertThat(EdgeAttributionTest.sum(found.products(), graph, edge -> isQueryOrKey(graph.moduleOf(edge))))
                .isZero();
    }

    /** The products of the gradients with what the sources write. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Relevances(double[] products, double loss, double largest) {
        static Relevances of(Golden golden, Set<RelevanceRule> rules) {
            PatchableModel model = golden.model();
            PromptBatch batch = golden.batches().get(0);
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                Tokens tokens = model.tokens(batch, PromptSide.CLEAN);
                UnaryOperator<NDArray> loss = AnswerFunction.AVG_DIFF.loss(GradFunction.LOGIT, model, batch);
                double[] found = GradientRuleTest.products(
                        model.withRelevance(rules), tokens, model.sources(tokens), loss, false);
                double largest = Arrays.stream(found).map(Math::abs).max().orElseThrow();
                return new Relevances(found, loss.apply(model.logits(tokens)).getFloat(), largest);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void forwardPassesStayAsTheyAre(RandomModels.Patched patched) {
        PatchableModel model = patched.model();
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Tokens tokens = model.tokens(patched.batches().get(0), PromptSide.CLEAN);
            float[] plain = model.logits(tokens).toFloatArray();
            float[] held = model.withRelevance(EnumSet.allOf(RelevanceRule.class))
                    .logits(tokens)
                    .toFloatArray();
            assertThat(held).hasSameSizeAs(plain);
            for (int i = 0; i < plain.length; i++) {
                assertThat(held[i]).isCloseTo(plain[i], within(Rounding.of(plain)));
            }
        }
    }
}
