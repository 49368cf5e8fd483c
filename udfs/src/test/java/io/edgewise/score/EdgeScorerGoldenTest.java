package io.edgewise.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.Golden;
import io.edgewise.graph.ModelGraph;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchTotal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** AutoCircuit's own mask gradients, key by key: {@code mask_gradient/<grad>/<answer>/<mask>/<ablation>/<side>}. */
class EdgeScorerGoldenTest {
    /**
     * Where every gradient vanishes all scores are rounding, AutoCircuit's too, and another processor's another: sums of d_model = 32 products of
     * a gradient's rounding, 2^-24, with what an activation changes by, up to 2.
     */
    private static final double ROUNDING = 32 * 2 * 0x1p-24;

    static Stream<Arguments> keys() {
        return Golden.VARIANTS.stream().map(Golden::of).flatMap(golden -> golden.scoreKeys()
                .filter(key -> key.startsWith("mask_gradient/"))
                .filter(key -> !countsPadding(golden, key))
                .map(key -> Arguments.of(golden, key)));
    }

    /** AutoCircuit takes padding into its means; here it counts for nothing. */
    private static boolean countsPadding(Golden golden, String key) {
        return golden.batches().get(0).hasPads() && key.contains("_MEAN");
    }

    @Test
    void everyGradFunctionAndMaskIsAmongTheGoldens() {
        assertThat(keys()).hasSize(519);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void scoresAreAutoCircuits(Golden golden, String key) {
        // With every edge patched all but one score of the other functions is rounding, AutoCircuit's up to 1.1e-5.
        compare(golden, key, scorer(golden, key), key.startsWith("mask_gradient/logit/") ? 1e-5 : 2e-5);
    }

    private static void compare(Golden golden, String key, EdgeScorer scorer, double tolerance) {
        PruneScores expected = PruneScores.fromTensors(golden.model().graph(), golden.scores(key), key);
        double[] actual = scores(golden, scorer, key.contains("/mse/"));
        double largest = expected.descendingMagnitudes()[0];
        for (int edge = 0; edge < actual.length; edge++) {
            assertThat(actual[edge])
                    .as("%s", golden.model().graph().edge(edge))
                    .isCloseTo(expected.get(edge), within(Math.max(tolerance * largest, ROUNDING)));
        }
    }

    static Stream<Arguments> edgeAttributionPatching() {
        return Golden.VARIANTS.stream().map(Golden::of).flatMap(golden -> golden.scoreKeys()
                .filter(key -> key.startsWith("edge_attribution_patching/"))
                .filter(key -> golden.has("scores/" + key + "/"
                        + golden.model().graph().modules().get(0).name()))
                .map(key -> Arguments.of(golden, key)));
    }

    /** Edge attribution patching is the mask gradient of the logits at mask 0. */
    @ParameterizedTest
    @MethodSource("edgeAttributionPatching")
    void atMaskZeroItIsEdgeAttributionPatching(Golden golden, String key) {
        EdgeScorer scorer = new MaskGradient(
                GradFunction.LOGIT,
                key.endsWith("True") ? AnswerFunction.AVG_DIFF : AnswerFunction.AVG_VAL,
                new MaskValue.Constant(0),
                golden.ablation("RESAMPLE", PromptSide.CORRUPT),
                4);
        ModelGraph graph = golden.model().graph();
        if (graph.spec().seqLen() == null) {
            compare(golden, key, scorer, 1e-5);
            return;
        }
        // AutoCircuit gives each position the total over positions; here each has its own share of it.
        PruneScores expected = PruneScores.fromTensors(graph, golden.scores(key), key);
        double[] actual = scores(golden, scorer, false);
        for (int edge = 0; edge < actual.length; edge++) {
            double total = 0;
            for (int same = edge % graph.edgesPerPosition(); same < actual.length; same += graph.edgesPerPosition()) {
                total += actual[same];
            }
            assertThat(total)
                    .as("%s", graph.edge(edge))
                    .isCloseTo(expected.get(edge), within(1e-5 * expected.descendingMagnitudes()[0]));
        }
    }

    static Stream<Golden> activationMagnitudes() {
        // AutoCircuit counts padding in; here it counts for nothing.
        return Golden.VARIANTS.stream()
                .filter(variant -> !variant.endsWith("padded"))
                .map(Golden::of);
    }

    @ParameterizedTest
    @MethodSource("activationMagnitudes")
    void activationMagnitudesAreAutoCircuits(Golden golden) {
        if (golden.model().graph().spec().factorized()) {
            compare(golden, "activation_magnitude", new ActivationMagnitude(), 1e-5);
            return;
        }
        // AutoCircuit gives every destination the magnitudes of the first sources, whichever it reads.
        ModelGraph graph = golden.model().graph();
        PruneScores theirs =
                PruneScores.fromTensors(graph, golden.scores("activation_magnitude"), "activation_magnitude");
        double[] ours = scores(golden, new ActivationMagnitude(), false);
        for (int edge = 0; edge < ours.length; edge++) {
            int place = graph.edge(edge).source().index() - graph.moduleOf(edge).firstSource();
            int first = IntStream.range(0, ours.length)
                    .filter(other -> graph.edge(other).source().index() == place)
                    .findFirst()
                    .orElseThrow();
            assertThat(ours[first]).isCloseTo(theirs.get(edge), within(1e-5 * theirs.descendingMagnitudes()[0]));
        }
    }

    @Test
    void randomScoresDependOnTheSeedAlone() {
        double[] scores = scores(Golden.tinyGpt2(), new RandomScores(7), false);
        assertThat(scores).hasSize(110).containsExactly(scores(Golden.tinyGpt2(), new RandomScores(7), false));
        assertThat(scores).isNotEqualTo(scores(Golden.tinyGpt2(), new RandomScores(8), false));
        assertThat(scores).doesNotHaveDuplicates();
        assertThat(Arrays.stream(scores).allMatch(score -> score >= 0 && score < 1))
                .isTrue();
    }

    private static double[] scores(Golden golden, EdgeScorer scorer, boolean withTargets) {
        BatchTotal total = new BatchTotal();
        for (PromptBatch batch : withTargets ? golden.batchesWithTargets() : golden.batches()) {
            total.add(scorer.score(golden.model(), batch));
        }
        return scorer.finish(golden.model().graph(), total.finish(), total.prompts());
    }

    private static MaskGradient scorer(Golden golden, String key) {
        String[] parts = key.split("/", -1);
        String[] mask = parts[3].split("=", -1);
        return new MaskGradient(
                GradFunction.valueOf(parts[1].toUpperCase(Locale.ROOT)),
                AnswerFunction.valueOf(parts[2].toUpperCase(Locale.ROOT)),
                mask[0].equals("ig")
                        ? new MaskValue.IntegratedGradients(Integer.parseInt(mask[1]))
                        : new MaskValue.Constant(Double.parseDouble(mask[1])),
                golden.ablation(
                        parts[4],
                        parts[5].equals("None")
                                ? PromptSide.CORRUPT
                                : PromptSide.valueOf(parts[5].toUpperCase(Locale.ROOT))),
                4);
    }
}
