package io.edgewise.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.InputException;
import io.edgewise.prompt.PromptPair;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static final PromptPair ONE = prompt(1);
    private static final PromptPair OTHER = prompt(2);

    private static PromptPair prompt(int token) {
        return PromptPair.of(List.of(token, 7), List.of(token, 8), List.of(3), List.of(4));
    }

    @Test
    void weightsAreOfAPoissonDistributionOfMeanOne() {
        int draws = 100_000;
        double[] weights = Arrays.stream(new Bootstrap(draws, 5).weights(ONE))
                .asDoubleStream()
                .toArray();
        // Mean and variance are 1; their standard errors are 1/sqrt(n) and sqrt((4 - 1)/n).
        assertThat(StatUtils.mean(weights)).isCloseTo(1, within(4 / Math.sqrt(draws)));
        assertThat(StatUtils.variance(weights)).isCloseTo(1, within(4 * Math.sqrt(3.0 / draws)));
        double never = Arrays.stream(weights).filter(weight -> weight == 0).count() / (double) draws;
        assertThat(never).isCloseTo(1 / Math.E, within(4 * 0.5 / Math.sqrt(draws)));
    }

    @Test
    void aReplicateIsTheSameWhateverTheirNumber() {
        assertThat(new Bootstrap(7, 0).weights(ONE)).isEqualTo(Arrays.copyOf(new Bootstrap(100, 0).weights(ONE), 7));
    }

    @Test
    void promptsAndSeedsAreDrawnApart() {
        int draws = 10_000;
        Bootstrap bootstrap = new Bootstrap(draws, 0);
        int[] one = bootstrap.weights(ONE);
        for (int[] other : List.of(bootstrap.weights(OTHER), new Bootstrap(draws, 1).weights(ONE))) {
            double covariance = IntStream.range(0, draws)
                            .mapToDouble(draw -> (one[draw] - 1.0) * (other[draw] - 1.0))
                            .sum()
                    / draws;
            assertThat(covariance).isCloseTo(0, within(4 / Math.sqrt(draws)));
        }
    }

    @Test
    void theSamePromptCountsAsOftenWhereverItStands() {
        assertThat(new Bootstrap(50, 3).weights(prompt(1))).isEqualTo(new Bootstrap(50, 3).weights(ONE));
    }

    @Test
    void theKeyIsOfBothSides() {
        PromptPair corruptElse = PromptPair.of(List.of(1, 7), List.of(1, 9), List.of(3), List.of(4));
        PromptPair moved = PromptPair.of(List.of(1, 8), List.of(1, 7), List.of(3), List.of(4));
        assertThat(List.of(ONE.key(), OTHER.key(), corruptElse.key(), moved.key()))
                .doesNotHaveDuplicates();
    }

    /** {@code numpy.percentile([5, 1, 4, 2, 9], [2.5, 97.5])}. */
    @Test
    void theIntervalIsNumpysPercentiles() {
        Interval interval = Bootstrap.interval(new double[] {5, 1, Double.NaN, 4, 2, 9});
        assertThat(interval.low()).isCloseTo(1.1, within(1e-12));
        assertThat(interval.high()).isCloseTo(8.6, within(1e-12));
        assertThat(interval.holds(5)).isTrue();
        assertThat(interval.holds(1)).isFalse();
    }

    @Test
    void withoutNumbersThereIsNoInterval() {
        assertThat(Bootstrap.interval(new double[] {Double.NaN})).isEqualTo(Interval.UNKNOWN);
        assertThat(Interval.UNKNOWN.holds(0)).isFalse();
    }

    @Test
    void fewerThanNoReplicateIsRefused() {
        assertThatThrownBy(() -> new Bootstrap(-1, 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--bootstrap wants a number of replicates from 0, got -1");
    }
}
