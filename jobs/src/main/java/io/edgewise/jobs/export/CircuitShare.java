package io.edgewise.jobs.export;

import io.edgewise.circuit.BenchmarkCurve;
import io.edgewise.circuit.EdgeCounts.Size;
import java.math.BigDecimal;
import java.util.List;

/** The largest share of all edges that one of the circuits of a submission to the MIB benchmark may have. */
public record CircuitShare(double share) {
    /** The shares of the nine circuits, ascending. */
    public static final List<CircuitShare> ALL = BenchmarkCurve.SHARES.stream()
            .filter(share -> share < 1)
            .map(CircuitShare::new)
            .toList();

    /** How many of a model's edges that is at most. */
    public int of(int edges) {
        return new Size.Share(share).of(edges);
    }

    /** In percent: {@code 0.1}. */
    public String percent() {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString();
    }
}
