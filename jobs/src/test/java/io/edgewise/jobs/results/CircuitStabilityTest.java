package io.edgewise.jobs.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.uncertainty.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

class CircuitStabilityTest {
    private static CircuitStability of(int edges, double jaccard) {
        return new CircuitStability(edges, new Measured(jaccard, Interval.UNKNOWN));
    }

    @Test
    void thatOfTheNearestKnownSizeCounts() {
        List<CircuitStability> sizes = List.of(of(30, 0.8), of(10, 0.5), of(21, Double.NaN), of(20, 0.6));
        assertThat(CircuitStability.nearest(sizes, 22)).contains(of(20, 0.6));
        assertThat(CircuitStability.nearest(sizes, 25)).contains(of(20, 0.6));
        assertThat(CircuitStability.nearest(sizes, 26)).contains(of(30, 0.8));
        assertThat(CircuitStability.nearest(sizes, 0)).contains(of(10, 0.5));
        assertThat(CircuitStability.nearest(List.of(of(20, Double.NaN)), 20)).isEmpty();
        assertThat(CircuitStability.nearest(List.of(), 20)).isEmpty();
    }
}
