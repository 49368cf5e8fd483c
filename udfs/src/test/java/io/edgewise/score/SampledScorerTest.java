package io.edgewise.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.edgewise.Golden;
import io.edgewise.InputException;
import io.edgewise.Rounding;
import io.edgewise.graph.ModelGraph;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchTotal;
import io.edgewise.reduce.BatchVector;
import io.edgewise.reduce.SliceSum;
import io.edgewise.uncertainty.Bootstrap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each prompt adds to scores, and what is made of it. */
class SampledScorerTest {
    private static final int BATCH = 4;
    private static final int REPLICATES = 30;

    static Stream<Arguments> scorers() {
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
                                new ActivationMagnitude())
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

    /** One prompt's scores, from a run of its own. */
    private static double[] alone(Golden golden, PromptScorer scorer, PromptBatch batch, int place) {
        PromptBatch one = batch.part(place, place + 1);
        return scorer.finish(
                golden.model().graph(), scorer.score(golden.model(), one).values(), 1);
    }

    static Stream<Arguments> gradients() {
        return scorers().filter(arguments -> arguments.get()[1] instanceof MaskGradient);
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void aPromptsShareIsWhatItScoresAlone(Golden golden, PromptScorer scorer) {
        for (PromptBatch batch : golden.batches()) {
            List<double[]> shares = shares(golden, scorer, batch);
            for (int place = 0; place < batch.size(); place++) {
                double[] alone = alone(golden, scorer, batch, place);
                assertArrayEquals(alone, shares.get(place), Rounding.of(alone));
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
            assertArrayEquals(score, sum, Rounding.of(score));
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
                assertArrayEquals(whole.get(place), pieces.get(place), Rounding.of(whole.get(place)));
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
        SampledScorer sampled = new SampledScorer(scorer, new Bootstrap(REPLICATES, 1));
        SampleLayout layout = sampled.layout(graph);
        BatchTotal total = new BatchTotal();
        List<double[]> shares = new ArrayList<>();
        List<int[]> weights = new ArrayList<>();
        for (PromptBatch batch : golden.batches()) {
            total.add(sampled.score(golden.model(), BatchPieces.whole(batch)));
            shares.addAll(shares(golden, scorer, batch));
            batch.pairs().forEach(pair -> weights.add(sampled.bootstrap().weights(pair)));
        }
        double[] sums = total.finish();
        long prompts = total.prompts();
        PruneScores scores = PruneScores.of(graph, scorer.finish(graph, layout.state(sums), prompts));
        Replicates replicates = Replicates.of(sampled, layout, sums, prompts);
        List<SliceSum> slices = IntStream.range(
                        layout.head().count(), layout.slices().count())
                .mapToObj(slice -> new SliceSum(
                        slice,
                        total.batches(),
                        prompts,
                        Arrays.copyOfRange(
                                sums,
                                layout.slices().start(slice),
                                layout.slices().end(slice)),
                        total.notes()))
                .toList();
        ScoreErrors errors = ScoreErrors.of(
                sampled,
                scores,
                sums,
                prompts,
                slices.stream()
                        .map(slice -> EdgeIntervals.of(replicates, slice))
                        .toList(),
                new double[graph.edgeCount()]);

        double unit = scorer.ofSum(prompts) * prompts;
        double bound = 1e-9 * scores.descendingMagnitudes()[0];
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
        SampleLayout layout = new SampleLayout(1, 1, 2);
        double[] sums = new double[layout.slices().length()];
        for (int prompt = 0; prompt < 7; prompt++) {
            layout.add(sums, new int[] {1, 2}, new double[] {0.1f});
        }
        double variance = layout.squares(sums)[0] - layout.shares(sums)[0] * layout.shares(sums)[0] / 7;
        assertThat(variance).isCloseTo(0, within(1e-15));
        assertThat(layout.weights(sums)).containsExactly(7, 14);
    }

    @Test
    void aSliceHasAllReplicatesOfItsEdges() {
        for (int replicates : new int[] {1, 7, 200, 40_000}) {
            SampleLayout layout = new SampleLayout(1000, 1000, replicates);
            int edges = 0;
            for (int slice = layout.head().count(); slice < layout.slices().count(); slice++) {
                assertThat(layout.firstEdge(slice)).isEqualTo(edges);
                int length = layout.slices().end(slice) - layout.slices().start(slice);
                assertThat(length % replicates).isZero();
                edges += length / replicates;
            }
            assertThat(edges).isEqualTo(1000);
        }
    }

    @Test
    void moreNumbersThanAnArrayHoldsAreRefused() {
        assertThatThrownBy(() -> new SampleLayout(1 << 20, 1 << 20, 3000))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--bootstrap 3000 of 1048576 edges is more than");
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
        double[] sums = ranks.of(0, one);
        double[] more = ranks.of(1, other);
        Arrays.setAll(sums, place -> sums[place] + more[place]);

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
