package io.edgewise.score;

import io.edgewise.InputException;
import io.edgewise.reduce.Slices;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Where the sums that tell scores and their errors stand in the vector of a batch: at the head what the method sums without errors, each
 * edge's sum of the prompts' shares and of their squares, and how many prompts each replicate has; then, edge by edge, the sum of the shares in
 * every replicate, a number of edges to a slice. So one slice has all of an edge's replicates.
 *
 * @param state numbers that the method sums without errors
 * @param edges of the graph
 * @param replicates of the bootstrap, at least one
 */
public record SampleLayout(int state, int edges, int replicates) implements Serializable {
    private static final int USUAL_SLICE = 1 << 15;

    public SampleLayout {
        if ((long) edges * replicates + headSlices(state, edges, replicates) * (long) sliceLength(replicates)
                > Integer.MAX_VALUE) {
            throw new InputException("--bootstrap " + replicates + " of " + edges + " edges is more than "
                    + Integer.MAX_VALUE + " numbers, the most that a batch can give; give fewer replicates");
        }
    }

    private static int sliceLength(int replicates) {
        return Math.max(1, USUAL_SLICE / replicates) * replicates;
    }

    private static int headSlices(int state, int edges, int replicates) {
        long head = state + 2L * edges + replicates;
        return Math.toIntExact((head - 1) / sliceLength(replicates) + 1);
    }

    /** How the whole vector is cut. */
    public Slices slices() {
        return new Slices(start() + edges * replicates, sliceLength(replicates));
    }

    /** How the head is cut. */
    public Slices head() {
        return new Slices(start(), sliceLength(replicates));
    }

    /** Where the replicates begin. */
    private int start() {
        return headSlices(state, edges, replicates) * sliceLength(replicates);
    }

    /** The first edge of a slice behind the head. */
    public int firstEdge(int slice) {
        return (slices().start(slice) - start()) / replicates;
    }

    /** What the method sums without errors. */
    public double[] state(double[] sums) {
        return Arrays.copyOf(sums, state);
    }

    /** The sum of the prompts' shares, by edge. */
    double[] shares(double[] sums) {
        return Arrays.copyOfRange(sums, state, state + edges);
    }

    /** The sum of the squares of the prompts' shares, by edge. */
    double[] squares(double[] sums) {
        return Arrays.copyOfRange(sums, state + edges, state + 2 * edges);
    }

    /** How many prompts each replicate has. */
    public double[] weights(double[] sums) {
        return Arrays.copyOfRange(sums, state + 2 * edges, state + 2 * edges + replicates);
    }

    /** Takes over what the method sums without errors. */
    void put(double[] sums, double[] of) {
        System.arraycopy(of, 0, sums, 0, state);
    }

    /**
     * Adds a prompt's share.
     *
     * @param weights how often it counts in each replicate
     * @param shares one number per edge
     */
    void add(double[] sums, int[] weights, double[] shares) {
        double[] times = Arrays.stream(weights).asDoubleStream().toArray();
        addTo(sums, state + 2 * edges, times, 1);
        int place = start();
        for (int edge = 0; edge < edges; edge++, place += replicates) {
            double share = shares[edge];
            sums[state + edge] += share;
            sums[state + edges + edge] += share * share;
            addTo(sums, place, times, share);
        }
    }

    private static void addTo(double[] sums, int start, double[] times, double share) {
        for (int replicate = 0; replicate < times.length; replicate++) {
            sums[start + replicate] += times[replicate] * share;
        }
    }
}
