package io.edgewise.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EquivalenceTest {
    private static TestResult of(int above, int below, int tied) {
        double[] circuit = IntStream.range(0, above + below + tied)
                .mapToDouble(prompt -> prompt < above ? 2 : prompt < above + below ? 0 : 1)
                .toArray();
        double[] whole =
                IntStream.range(0, circuit.length).mapToDouble(prompt -> 1).toArray();
        return Equivalence.of(circuit, whole);
    }

    /** Of four, all above or all below: .6^4 + .4^4. At least three on a side: 4 (.6^3 .4 + .4^3 .6) more. */
    @Test
    void thePValueIsThatOfTheBinomialDistributionAtTheEdgeOfTheHypothesis() {
        assertThat(of(4, 0, 0).pValue()).isCloseTo(0.1552, within(1e-12));
        assertThat(of(4, 0, 0).statistic()).isEqualTo(0.5);
        assertThat(of(1, 3, 0).pValue()).isCloseTo(0.1552 + 0.3456 + 0.1536, within(1e-12));
        assertThat(of(2, 2, 0).pValue()).isCloseTo(1, within(1e-12));
        assertThat(of(2, 2, 0).statistic()).isZero();
    }

    @Test
    void promptsWithoutADifferenceAreLeftOut() {
        assertThat(of(4, 0, 7)).isEqualTo(of(4, 0, 0));
        assertThat(of(0, 0, 7)).isEqualTo(TestResult.UNTESTABLE);
    }

    /** At the edge of the hypothesis one set of prompts in twenty at most has a p-value that small. */
    @Test
    void aSmallPValueIsAsRareAsItSays() {
        Random random = new Random(5);
        int small = 0;
        for (int set = 0; set < 1000; set++) {
            int above = (int) IntStream.range(0, 100)
                    .filter(prompt -> random.nextDouble() < 0.6)
                    .count();
            small += of(above, 100 - above, 0).pValue() <= 0.05 ? 1 : 0;
        }
        assertThat(small).isBetween(10, 70);
    }
}
