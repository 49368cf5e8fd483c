package io.edgewise.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.edgewise.Golden;
import io.edgewise.Rounding;
import io.edgewise.Third;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.ModelGraph;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchTotal;
import io.edgewise.reduce.BatchVector;
import io.edgewise.uncertainty.Bootstrap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each prompt adds to scores, and what is made of it. */
class EdgeSampleTest {
    private static final int BATCH = 4;
    private static final int REPLICATES = 30;
    /** What rounding alone gives where every gradient vanishes: sums of d_model = 32 products of 2^-24 with changes up to 2. */
    private static final double NOTHING = 32 * 2 * 0x1p-24;

    static Stream<Arguments> scorers() {
        return Third.of(allScorers());
    }

    static Stream<Arguments> otherScorers() {
        return Third.others(allScorers());
    }

    private static Stream<Arguments> allScorers() {
        return Stream.of(
                        "tiny-gpt2/qkv",
                        "tiny-gpt2/tok",
                        "tiny-gpt2/padded",
                        "tiny-gpt2/node",
                        "tiny-llama/qkv",
                        "tiny-neox/qkv")
                .map(Golden::of)
                .flatMap(golden -> Stream.of(
                                gradient(golden, new MaskValue.Constant(0)),
                                gradient(golden, new MaskValue.Constant(0.4)),
                                gradient(golden, new MaskValue.Constant(1)),
                                gradient(golden, new MaskValue.IntegratedGradients(3)),
                                Attribution.resampled(new GradientPoints.Inputs(3), new GradientRule.Gradient(), BATCH),
                                Attribution.resampled(
                                        GradientPoints.Inputs.conductance(3), new GradientRule.Gradient(), BATCH),
                                Attribution.resampled(
                                        new GradientPoints.Activations(2), new GradientRule.Gradient(), BATCH),
                                Attribution.resampled(new GradientPoints.Clean(), new GradientRule.AtpStar(), BATCH),
                                new InformationFlowRoutes(),
                                new ActivationMagnitude())
                        .filter(scorer ->
                                isDefined(scorer, golden.model().graph().spec()))
                        .map(scorer -> Arguments.of(golden, scorer)));
    }

    private static MaskGradient gradient(Golden golden, MaskValue maskValue) {
        return new MaskGradient(
                GradFunction.LOGIT,
                AnswerFunction.AVG_DIFF,
                maskValue,
                golden.ablation("RESAMPLE", PromptSide.CORRUPT),
                BATCH);
    }

    private static boolean isDefined(PromptScorer scorer, GraphSpec spec) {
        if (!(scorer instanceof Attribution attribution)) {
            return true;
        }
        boolean isMovedByStages = attribution.points() instanceof GradientPoints.Activations;
        boolean followsPatterns = attribution.rule().followsPatterns();
        return (!isMovedByStages || spec.factorized()) && (!followsPatterns || spec.seqLen() == null);
    }

    /** One prompt's scores, from a run of its own. */
    private static double[] alone(Golden golden, PromptScorer scorer, PromptBatch batch, int place) {
        PromptBatch one = batch.part(place, place + 1);
        return scorer.finish(
                golden.model().graph(), scorer.score(golden.model(), one).values(), 1);
    }

    static Stream<Arguments> gradients() {
        return scorers().filter(arguments -> !(arguments.get()[1] instanceof ActivationMagnitude));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("otherScorers")
    void theOthersObeyTheSameLaws(Golden golden, PromptScorer scorer) {
        if (!(scorer instanceof ActivationMagnitude)) {
            aPromptsShareIsWhatItScoresAlone(golden, scorer);
        }
        sharesAddUpToTheScoreWhichKeepsItsBits(golden, scorer);
        errorsAreThoseOfTwoPasses(golden, scorer);
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void aPromptsShareIsWhatItScoresAlone(Golden golden, PromptScorer scorer) {
        for (PromptBatch batch : golden.batches()) {
            List<double[]> shares = shares(golden, scorer, batch);
            for (int place = 0; place < batch.size(); place++) {
                double[] alone = alone(golden, scorer, batch, place);
                assertArrayEquals(alone, shares.get(place), Math.max(NOTHING, Rounding.of(alone)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("scorers")
    void sharesAddUpToTheScoreWhichKeepsItsBits(Golden golden, PromptScorer scorer) {
        ModelGraph graph = golden.model().graph();
        for (PromptBatch batch : golden.batches()) {
            List<double[]> shares = new ArrayList<>();
            BatchVector told = scorer.score(
                    golden.model(), BatchPieces.whole(batch), (prompt, scores) -> shares.add(scores.clone()));
            assertThat(told.values())
                    .isEqualTo(scorer.score(golden.model(), batch).values());
            double[] score = scorer.finish(graph, told.values(), batch.size());
            double[] sum = new double[score.length];
            shares.forEach(share -> Arrays.setAll(sum, edge -> sum[edge] + share[edge]));
            Arrays.setAll(sum, edge -> scorer.ofSum(batch.size()) * sum[edge]);
            assertArrayEquals(score, sum, Math.max(NOTHING, Rounding.of(score)));
            assertThat(score).as("not all zero").isNotEqualTo(new double[score.length]);
        }
    }

    @Test
    void sharesComeInTheOrderOfThePromptsWhateverThePieces() {
        Golden golden = Golden.tinyGpt2();
        PromptBatch batch = golden.batches().get(0);
        for (PromptScorer scorer : List.of(gradient(golden, new MaskValue.Constant(0)), new ActivationMagnitude())) {
            List<PromptPair> prompts = new ArrayList<>();
            List<double[]> pieces = new ArrayList<>();
            scorer.score(golden.model(), BatchPieces.of(batch, 1), (prompt, scores) -> {
                prompts.add(prompt);
                pieces.add(scores.clone());
            });
            assertThat(prompts).isEqualTo(batch.pairs());
            List<double[]> whole = shares(golden, scorer, batch);
            for (int place = 0; place < batch.size(); place++) {
                assertArrayEquals(
                        whole.get(place), pieces.get(place), Math.max(NOTHING, Rounding.of(whole.get(place))));
            }
        }
    }

    private static List<double[]> shares(Golden golden, PromptScorer scorer, PromptBatch batch) {
        List<double[]> shares = new ArrayList<>();
        scorer.score(golden.model(), BatchPieces.whole(batch), (prompt, scores) -> shares.add(scores.clone()));
        return shares;
    }

    /** Against two passes over what each prompt adds, as a statistician would take them. */
    @ParameterizedTest
    @MethodSource("scorers")
    void errorsAreThoseOfTwoPasses(Golden golden, PromptScorer scorer) {
        ModelGraph graph = golden.model().graph();
        Bootstrap bootstrap = new Bootstrap(REPLICATES, 1);
        BatchTotal total = new BatchTotal();
        List<double[]> shares = new ArrayList<>();
        List<int[]> weights = new ArrayList<>();
        // In two ranges of edges, as tasks take them.
        List<EdgeSample> samples = EdgeRange.of(graph.edgeCount(), graph.edgeCount() / 2 + 1).stream()
                .map(range -> new EdgeSample(range, bootstrap))
                .toList();
        for (PromptBatch batch : golden.batches()) {
            total.add(scorer.score(golden.model(), batch));
            List<double[]> ofBatch = shares(golden, scorer, batch);
            samples.forEach(sample -> sample.add(keys(batch), numbers(sample.range(), ofBatch)));
            shares.addAll(ofBatch);
            batch.pairs().forEach(pair -> weights.add(bootstrap.weights(pair)));
        }
        long prompts = total.prompts();
        PruneScores scores = PruneScores.of(graph, scorer.finish(graph, total.finish(), prompts));
        List<EdgeErrors> found = samples.stream()
                .map(sample -> sample.errors(scorer.ofSum(prompts)))
                .toList();
        ScoreErrors errors = ScoreErrors.of(scores, found, new double[graph.edgeCount()]);

        double unit = scorer.ofSum(prompts) * prompts;
        // Shares are rounded to floats on their way.
        double bound = 1e-6 * Math.max(scores.descendingMagnitudes()[0], largest(shares) * shares.size());
        for (int edge = 0; edge < scores.size(); edge++) {
            int each = edge;
            double[] of = shares.stream().mapToDouble(share -> share[each]).toArray();
            assertThat(errors.standardError()[edge])
                    .as("standard error of %s", graph.edge(edge))
                    // The difference of two sums of squares: its root is exact to the root of a double's rounding.
                    .isCloseTo(
                            unit * Math.sqrt(StatUtils.variance(of) / of.length),
                            within(1e-6 * Math.abs(scores.get(edge)) + bound));
            double[] means = IntStream.range(0, REPLICATES)
                    .mapToDouble(replicate -> weighted(of, weights, replicate))
                    .toArray();
            assertThat(errors.low()[edge])
                    .isCloseTo(unit * Bootstrap.interval(means).low(), within(bound));
            assertThat(errors.high()[edge])
                    .isCloseTo(unit * Bootstrap.interval(means).high(), within(bound));
        }
        assertThat(errors.standardError()).isNotEqualTo(new double[scores.size()]);
    }

    private static long[] keys(PromptBatch batch) {
        return batch.pairs().stream().mapToLong(PromptPair::key).toArray();
    }

    /** By edge and prompt. */
    private static float[] numbers(EdgeRange range, List<double[]> shares) {
        float[] numbers = new float[range.size() * shares.size()];
        for (int place = 0; place < numbers.length; place++) {
            numbers[place] = (float) shares.get(place % shares.size())[range.first() + place / shares.size()];
        }
        return numbers;
    }

    private static double largest(List<double[]> shares) {
        return shares.stream()
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElse(0);
    }

    private static double weighted(double[] shares, List<int[]> weights, int replicate) {
        double sum = 0;
        double count = 0;
        for (int prompt = 0; prompt < shares.length; prompt++) {
            sum += weights.get(prompt)[replicate] * shares[prompt];
            count += weights.get(prompt)[replicate];
        }
        return sum / count;
    }

    @Test
    void promptsThatAddTheSameLeaveNoError() {
        EdgeSample sample = new EdgeSample(new EdgeRange(0, 1), new Bootstrap(20, 0));
        for (long prompt = 0; prompt < 7; prompt++) {
            sample.add(new long[] {prompt}, new float[] {0.1f});
        }
        EdgeErrors errors = sample.errors(1);
        // The root of what is left of the difference of two equal sums of squares, some 1e-16.
        assertThat(errors.standardError()[0]).isCloseTo(0, within(1e-7));
        assertThat(errors.low()[0]).isCloseTo(7 * (double) 0.1f, within(1e-12));
        assertThat(errors.high()[0]).isCloseTo(7 * (double) 0.1f, within(1e-12));
        assertThat(errors.positive()[0]).isOne();
    }

    /** As many prompts again, each as before, have the same mean, whose variance is that of n in place of n - 1 prompts, halved. */
    @Test
    void promptsAgainHalveTheVarianceOfTheMean() {
        float[] shares = {0.5f, -1, 2, 0.25f, 3};
        EdgeSample once = new EdgeSample(new EdgeRange(0, 1), new Bootstrap(1, 0));
        EdgeSample twice = new EdgeSample(new EdgeRange(0, 1), new Bootstrap(1, 0));
        for (int prompt = 0; prompt < shares.length; prompt++) {
            float[] share = {shares[prompt]};
            once.add(new long[] {prompt}, share);
            twice.add(new long[] {prompt, prompt}, new float[] {shares[prompt], shares[prompt]});
        }
        double ofMean = once.errors(1).standardError()[0] / 5;
        double ofMeanOfTwice = twice.errors(1).standardError()[0] / 10;
        assertThat(ofMeanOfTwice * ofMeanOfTwice).isCloseTo(ofMean * ofMean * 4 / 9, within(1e-12));
    }

    @Test
    void onePromptHasNoStandardError() {
        EdgeSample sample = new EdgeSample(new EdgeRange(0, 1), new Bootstrap(20, 0));
        sample.add(new long[] {3}, new float[] {2});
        assertThat(sample.errors(1).standardError()[0]).isNaN();
        assertThat(sample.usable()).hasSizeBetween(1, 19);
    }

    @Test
    void ranksInclusionAndStabilityAreCountedOverReplicates() {
        ModelGraph graph = Golden.tinyGpt2().model().graph();
        double[] scores = new double[graph.edgeCount()];
        scores[5] = -3;
        scores[2] = 2;
        scores[9] = 1;
        ReplicateRanks ranks = new ReplicateRanks(PruneScores.of(graph, scores), List.of(1, 2), 2);
        double[] one = scores.clone();
        double[] other = scores.clone();
        other[9] = -2.5;
        ReplicateRanks.Counter counter = ranks.counter();
        counter.add(0, one);
        counter.add(1, other);
        double[] sums = counter.counts();

        assertThat(ranks.meanRanks(sums)[5]).isEqualTo(1);
        assertThat(ranks.meanRanks(sums)[2]).isEqualTo(2.5);
        assertThat(ranks.meanRanks(sums)[9]).isEqualTo(2.5);
        assertThat(ranks.inclusion(sums)[0][5]).isEqualTo(1);
        assertThat(ranks.inclusion(sums)[1][2]).isEqualTo(0.5);
        assertThat(ranks.inclusion(sums)[1][9]).isEqualTo(0.5);
        assertThat(ranks.stability(sums).get(0).meanJaccard()).isEqualTo(1);
        assertThat(ranks.stability(sums).get(1).meanJaccard()).isEqualTo((1 + 1 / 3.0) / 2);
    }
}
