package io.edgewise.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MinimalityTest {
    /** Changes 1 to 20. */
    private static final double[] RANDOM =
            IntStream.rangeClosed(1, 20).mapToDouble(change -> change).toArray();

    /** Outdoing 20, 18 and none of 20: probabilities of at most as many at .9 are 1, 1 - .9^20 - 20 .9^19 .1, and .1^20. */
    @Test
    void anEdgeIsHeldAgainstTheRandomOnes() {
        List<TestResult> results = Minimality.of(new double[] {100, 18.5, 0.5}, RANDOM);
        assertThat(results.stream().map(TestResult::statistic)).containsExactly(1.0, 0.9, 0.0);
        assertThat(results.get(0).pValue()).isOne();
        double most = 1 - Math.pow(0.9, 20) - 20 * Math.pow(0.9, 19) * 0.1;
        // Two of three p-values are left when the smallest is rejected.
        assertThat(results.get(1).pValue()).isCloseTo(Math.min(1, 2 * most), within(1e-9));
        assertThat(results.get(2).pValue()).isLessThan(1e-15);
    }

    @Test
    void holmMultipliesTheSmallestMost() {
        assertThat(Minimality.holm(new double[] {0.03, 0.01, 0.04, 0.5}))
                .containsExactly(new double[] {0.09, 0.04, 0.09, 0.5}, within(1e-12));
    }

    @Test
    void withoutRandomEdgesThereIsNothingToTest() {
        assertThat(Minimality.of(new double[] {1, 2}, new double[0]))
                .containsExactly(TestResult.UNTESTABLE, TestResult.UNTESTABLE);
    }
}
