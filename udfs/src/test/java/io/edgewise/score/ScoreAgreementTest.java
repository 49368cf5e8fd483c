package io.edgewise.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.Golden;
import io.edgewise.graph.ModelGraph;
import io.edgewise.uncertainty.Bootstrap;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.junit.jupiter.api.Test;

class ScoreAgreementTest {
    private static final ModelGraph GRAPH = Golden.tinyGpt2().model().graph();
    private static final int EDGES = GRAPH.edgeCount();

    @Test
    void correlationsAreThoseOfCommonsMath() {
        double[] truth = random(1);
        double[] theirs = random(2);
        for (int edge = 0; edge < EDGES; edge++) {
            theirs[edge] = edge % 5 == 0 ? 0.25f : (float) (truth[edge] + theirs[edge]);
        }
        ScoreAgreement agreement = of(theirs, truth, all(), Bootstrap.NONE);
        assertThat(agreement.edges()).isEqualTo(EDGES);
        assertThat(agreement.pearson().value())
                .isCloseTo(new PearsonsCorrelation().correlation(theirs, truth), within(1e-12));
        assertThat(agreement.spearman().value())
                .isCloseTo(new SpearmansCorrelation().correlation(theirs, truth), within(1e-12));
        long same = IntStream.range(0, EDGES)
                .filter(edge -> Math.signum(theirs[edge]) == Math.signum(truth[edge]))
                .count();
        assertThat(agreement.signs().value()).isEqualTo((double) same / EDGES);
    }

    @Test
    void theSameScoresAgreeInEverythingAndNegativeOnesInStrengthAlone() {
        double[] truth = random(3);
        double[] negative =
                IntStream.range(0, EDGES).mapToDouble(edge -> -truth[edge]).toArray();
        ScoreAgreement same = of(truth, truth, all(), new Bootstrap(50, 0));
        assertThat(same.pearson().interval().low()).isCloseTo(1, within(1e-12));
        assertThat(same.strongest())
                .containsExactly(new ScoreAgreement.Strongest(1, 1), new ScoreAgreement.Strongest(10, 1));
        ScoreAgreement opposite = of(negative, truth, all(), Bootstrap.NONE);
        assertThat(opposite.spearman().value()).isCloseTo(-1, within(1e-12));
        assertThat(opposite.signs().value()).isZero();
        assertThat(opposite.strongest()).isEqualTo(same.strongest());
    }

    @Test
    void intervalsHoldTheirNumbersAndNarrowWithMoreEdges() {
        double[] truth = random(4);
        double[] noise = random(5);
        double[] theirs = IntStream.range(0, EDGES)
                .mapToDouble(edge -> truth[edge] + noise[edge])
                .toArray();
        ScoreAgreement whole = of(theirs, truth, all(), new Bootstrap(500, 0));
        BitSet few = new BitSet();
        few.set(0, 20);
        ScoreAgreement some = of(theirs, truth, few, new Bootstrap(500, 0));
        assertThat(whole.pearson().interval().holds(whole.pearson().value())).isTrue();
        assertThat(width(some)).isGreaterThan(width(whole));
    }

    private static double width(ScoreAgreement agreement) {
        return agreement.pearson().interval().high()
                - agreement.pearson().interval().low();
    }

    @Test
    void edgesThatWereNotPatchedDoNotCount() {
        double[] truth = random(6);
        double[] theirs = truth.clone();
        BitSet some = new BitSet();
        some.set(0, 30);
        for (int edge = 30; edge < EDGES; edge++) {
            truth[edge] = 0;
            theirs[edge] = 100;
        }
        ScoreAgreement agreement = of(theirs, truth, some, Bootstrap.NONE);
        assertThat(agreement.edges()).isEqualTo(30);
        assertThat(agreement.pearson().value()).isCloseTo(1, within(1e-12));
        assertThat(agreement.strongest())
                .extracting(ScoreAgreement.Strongest::share)
                .containsOnly(1.0);
    }

    private static ScoreAgreement of(double[] theirs, double[] truth, BitSet measured, Bootstrap bootstrap) {
        return ScoreAgreement.of(
                PruneScores.of(GRAPH, theirs), PruneScores.of(GRAPH, truth), measured, List.of(1, 10, 1000), bootstrap);
    }

    private static BitSet all() {
        return new ExactEdges.All().in(GRAPH);
    }

    /** Numbers from -1 to 1 that are the same in single precision. */
    private static double[] random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, EDGES)
                .mapToDouble(edge -> (float) random.nextDouble(-1, 1))
                .toArray();
    }
}
