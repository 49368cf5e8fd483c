package io.edgewise.score.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.score.mask.MaskNoise.Draw;
import io.edgewise.score.mask.MaskNoise.Purpose;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskFunctionTest {
    private static final int DRAWS = 40_000;
    private static final double TEMPERATURE = 2.0 / 3;

    @ParameterizedTest
    @EnumSource(MaskFunction.class)
    void theSlopeIsTheDerivative(MaskFunction function) {
        double step = 1e-6;
        for (double theta = -3; theta <= 3; theta += 0.37) {
            for (double uniform = 0.05; uniform < 1; uniform += 0.1) {
                double slope = (function.of(theta + step, uniform) - function.of(theta - step, uniform)) / (2 * step);
                assertThat(function.slopeAt(function.of(theta, uniform))).isCloseTo(slope, within(1e-6));
            }
            double penalty = (function.penalty(theta + step) - function.penalty(theta - step)) / (2 * step);
            assertThat(function.penaltySlope(theta)).isCloseTo(penalty, within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-2, 0, 1.6094})
    void randomMasksAreZeroAndOneAsOftenAsTheDistributionSays(double theta) {
        Draw draw = new MaskNoise(11).draw(Purpose.RUN, 5, 77);
        double[] masks = IntStream.range(0, DRAWS)
                .mapToDouble(edge -> MaskFunction.HARD_CONCRETE.of(theta, draw.uniform(edge)))
                .toArray();
        double ln11 = Math.log(11);
        share(masks, 0, sigmoid(-TEMPERATURE * ln11 - theta));
        share(masks, 1, 1 - sigmoid(TEMPERATURE * ln11 - theta));
        assertThat(Arrays.stream(masks)).allMatch(mask -> mask >= 0 && mask <= 1);
    }

    /** Within four standard deviations of a share of so many draws. */
    private static void share(double[] masks, double value, double expected) {
        double found =
                (double) Arrays.stream(masks).filter(mask -> mask == value).count() / DRAWS;
        assertThat(found).isCloseTo(expected, within(4 * Math.sqrt(expected * (1 - expected) / DRAWS)));
    }

    private static double sigmoid(double value) {
        return 1 / (1 + Math.exp(-value));
    }

    @Test
    void aNumberDependsOnWhatItIsForAlone() {
        MaskNoise noise = new MaskNoise(1);
        double number = noise.draw(Purpose.RUN, 3, 5).uniform(7);
        assertThat(new MaskNoise(1).draw(Purpose.RUN, 3, 5).uniform(7)).isEqualTo(number);
        assertThat(new MaskNoise(2).draw(Purpose.RUN, 3, 5).uniform(7)).isNotEqualTo(number);
        assertThat(noise.draw(Purpose.SIZE, 3, 5).uniform(7)).isNotEqualTo(number);
        assertThat(noise.draw(Purpose.RUN, 4, 5).uniform(7)).isNotEqualTo(number);
        assertThat(noise.draw(Purpose.RUN, 3, 6).uniform(7)).isNotEqualTo(number);
        assertThat(noise.draw(Purpose.RUN, 3, 5).uniform(8)).isNotEqualTo(number);
    }
}
