package io.edgewise.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class IndependenceTest {
    private final Random random = new Random(11);

    private double[] normal(int prompts) {
        return random.doubles(prompts, -1, 1).toArray();
    }

    /** Three prompts 0, 1, 3, whose distances are 0, 0, 0, 1, 1, 2, 2, 3, 3: the median is 1. By numpy, trace(K H L H) / 4. */
    @Test
    void theStatisticIsHilbertSchmidts() {
        double near = Math.exp(-0.5);
        double middle = Math.exp(-2);
        double far = Math.exp(-4.5);
        double[][] kernel = {{1, near, far}, {near, 1, middle}, {far, middle, 1}};
        double trace = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    for (int l = 0; l < 3; l++) {
                        trace += kernel[i][j] * centring(j, k) * kernel[k][l] * centring(l, i);
                    }
                }
            }
        }
        double[] values = {0, 1, 3};
        assertThat(Independence.of(values, values, 0).statistic()).isCloseTo(trace / 4, within(1e-12));
    }

    private static double centring(int row, int column) {
        return (row == column ? 1 : 0) - 1.0 / 3;
    }

    @Test
    void whatIsMadeOfTheWholesNumbersDependsOnThemHoweverItIsMade() {
        double[] whole = normal(100);
        double[] square = new double[100];
        for (int prompt = 0; prompt < 100; prompt++) {
            square[prompt] = whole[prompt] * whole[prompt] + 0.1 * random.nextGaussian();
        }
        assertThat(Independence.of(whole, square, 1).pValue()).isLessThan(0.01);
    }

    @Test
    void aSmallPValueIsAsRareAsItSays() {
        int small = 0;
        for (int set = 0; set < 100; set++) {
            small += Independence.of(normal(30), normal(30), set).pValue() <= 0.05 ? 1 : 0;
        }
        assertThat(small).isBetween(0, 13);
    }

    @Test
    void theSameSeedGivesTheSameAndWithoutDifferencesThereIsNothingToTest() {
        double[] whole = normal(20);
        double[] rest = normal(20);
        assertThat(Independence.of(whole, rest, 3)).isEqualTo(Independence.of(whole, rest, 3));
        assertThat(Independence.of(new double[5], normal(5), 3)).isEqualTo(TestResult.UNTESTABLE);
    }
}
