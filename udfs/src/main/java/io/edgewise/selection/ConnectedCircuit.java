package io.edgewise.selection;

import java.util.BitSet;

/** What was found for one size of circuit. */
public sealed interface ConnectedCircuit {

    /** How many edges were asked for. */
    int size();

    /**
     * A circuit of exactly that size, of which every edge lies on a path, within it, from the start of the model to its end.
     *
     * @param edges by their place in the canonical order
     * @param total the sum of their strengths
     * @param bound a number that no such circuit's total is above
     * @param isProved whether no such circuit has a larger total, but for rounding; else the time ran out with this one the best that was
     *     found
     */
    record Found(int size, BitSet edges, double total, double bound, boolean isProved) implements ConnectedCircuit {

        /** How far the total is from the bound, relative to the larger of the two absolutely; 0 where it is proved. */
        public double gap() {
            double scale = Math.max(Math.abs(total), Math.abs(bound));
            return isProved || scale == 0 ? 0 : (bound - total) / scale;
        }
    }

    /**
     * There is no such circuit.
     *
     * @param reason a sentence without a full stop
     */
    record Impossible(int size, String reason) implements ConnectedCircuit {}
}
