package io.edgewise.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.edgewise.Golden;
import io.edgewise.Rounding;
import org.junit.jupiter.api.Test;

class InformationFlowRoutesTest {
    private static double[] score(Golden golden) {
        return new InformationFlowRoutes()
                .score(golden.model(), golden.batches().get(0))
                .values();
    }

    /** An edge that positions share is the sum of the edges at each position. */
    @Test
    void theEdgesOfAllPositionsAddUpToTheEdgeThatTheyShare() {
        double[] shared = score(Golden.of("tiny-gpt2/qkv"));
        double[] each = score(Golden.of("tiny-gpt2/tok"));
        assertThat(each.length).isGreaterThan(shared.length);
        assertThat(each.length % shared.length).isZero();
        double[] sums = new double[shared.length];
        for (int edge = 0; edge < each.length; edge++) {
            sums[edge % shared.length] += each[edge];
        }
        assertArrayEquals(shared, sums, Rounding.of(shared));
        // Positions differ, so that one can't stand for another.
        assertThat(each[shared.length - 1]).isNotCloseTo(each[2 * shared.length - 1], offset(1e-6));
    }
}
