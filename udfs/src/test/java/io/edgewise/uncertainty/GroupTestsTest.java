package io.edgewise.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TestUtils;
import org.junit.jupiter.api.Test;

/** Whether two groups differ, and what many such tests say together. */
class GroupTestsTest {
    private static final double[] ONE = {3.1, 2.2, 4.8, 3.3, 2.9};
    private static final double[] OTHER = {1.9, 2.6, 2.1, 1.2, 2.4, 1.1, 2.0};

    private static double error(double[] of) {
        return Math.sqrt(StatUtils.variance(of) / of.length);
    }

    @Test
    void welchsTestIsAnotherLibrarys() {
        Welch welch = new Welch(
                StatUtils.mean(ONE) - StatUtils.mean(OTHER), error(ONE), ONE.length, error(OTHER), OTHER.length);
        assertThat(welch.pValue()).isCloseTo(TestUtils.tTest(ONE, OTHER), within(1e-9));
        assertThat(welch.standardError())
                .isCloseTo(Math.sqrt(error(ONE) * error(ONE) + error(OTHER) * error(OTHER)), within(1e-12));
    }

    @Test
    void withoutErrorsThereIsNoTest() {
        assertThat(new Welch(1, 0, 5, 0, 5).pValue()).isNaN();
        assertThat(new Welch(1, Double.NaN, 1, 2, 5).pValue()).isNaN();
    }

    /** {@code p.adjust(c(.01, .04, .03, .005, .5), "BH")} in R, with a test that is none among them. */
    @Test
    void ratesAreBenjaminiAndHochbergs() {
        double[] rates = FalseDiscovery.benjaminiHochberg(new double[] {.01, .04, Double.NaN, .03, .005, .5});
        assertArrayEquals(new double[] {.025, .05, Double.NaN, .05, .025, .5}, rates, 1e-12);
    }
}
