package io.edgewise.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class EstimateTest {
    private static final Estimate ONE = new Estimate(3, List.of(2., 4.));
    private static final Estimate OTHER = new Estimate(1, List.of(0.5, 2.));

    @Test
    void whatIsMadeOfNumbersIsMadeOfEachReplicate() {
        assertThat(ONE.minus(OTHER)).isEqualTo(new Estimate(2, List.of(1.5, 2.)));
        assertThat(ONE.map(number -> 2 * number)).isEqualTo(new Estimate(6, List.of(4., 8.)));
        assertThat(Estimate.of(List.of(ONE, OTHER), numbers -> numbers[0] / numbers[1]))
                .isEqualTo(new Estimate(3, List.of(4., 2.)));
    }

    @Test
    void withoutReplicatesTheIntervalIsUnknown() {
        assertThat(Estimate.of(3).interval()).isEqualTo(Interval.UNKNOWN);
    }

    @Test
    void numbersOfOtherBootstrapsDoNotGoTogether() {
        assertThatThrownBy(() -> ONE.minus(Estimate.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got [2, 0]");
    }
}
