package io.edgewise.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.score.Ranking;
import io.edgewise.uncertainty.Estimate;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaithfulnessAreaTest {
    private static final FaithfulnessArea OF_A_HUNDRED = new FaithfulnessArea(100);

    private static Measurement kept(int edges, double faithfulness, Double... replicates) {
        Circuit circuit = new Circuit(Ranking.ABSOLUTE, edges, edges, new Members.AtLeast(Ranking.ABSOLUTE, 1));
        return new Measurement(circuit, Faithfulness.NAME, new Estimate(faithfulness, List.of(replicates)), 7);
    }

    private static double area(Measurement... measurements) {
        return OF_A_HUNDRED.of(List.of(measurements)).orElseThrow().value();
    }

    /** Ten edges are half of the way to a hundred. */
    @Test
    void isTheMeanHeightOnALogarithmicAxis() {
        assertThat(area(kept(10, 0.6))).isCloseTo(0.5 * 0.3 + 0.5 * 0.8, within(1e-12));
        assertThat(area(kept(1, 1), kept(10, 1))).isCloseTo(1, within(1e-12));
        assertThat(area(kept(1, -1), kept(10, -1))).isCloseTo(-0.5, within(1e-12));
    }

    @Test
    void isTheSameWhetherTheEndsWereMeasuredOrNot() {
        assertThat(area(kept(0, 0), kept(10, 0.6), kept(100, 1))).isEqualTo(area(kept(10, 0.6)));
    }

    @Test
    void isComputedInEveryReplicate() {
        Estimate area = OF_A_HUNDRED
                .of(List.of(kept(10, 0.6, 0.4, 0.8), kept(1, 0.2, 0.2, 0.4)))
                .orElseThrow();
        assertThat(area.value()).isCloseTo(0.5 * 0.4 + 0.5 * 0.8, within(1e-12));
        assertThat(area.replicates().get(0)).isCloseTo(0.5 * 0.3 + 0.5 * 0.7, within(1e-12));
        assertThat(area.replicates().get(1)).isCloseTo(0.5 * 0.6 + 0.5 * 0.9, within(1e-12));
    }

    @Test
    void isMissingWhereThereIsNothingBetweenTheEndsOrNothingToKeep() {
        assertThat(OF_A_HUNDRED.of(List.of())).isEmpty();
        assertThat(OF_A_HUNDRED.of(List.of(kept(0, 0), kept(100, 1)))).isEmpty();
        assertThat(OF_A_HUNDRED.of(List.of(kept(10, Double.NaN)))).isEmpty();
        assertThat(new FaithfulnessArea(0).of(List.of(kept(0, 0)))).isEmpty();
    }
}
