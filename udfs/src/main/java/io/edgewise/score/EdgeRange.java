package io.edgewise.score;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Neighbouring edges, in canonical order.
 *
 * @param first the first of them
 * @param end one after the last
 */
public record EdgeRange(int first, int end) implements Serializable {
    private static final long BYTES_AT_ONCE = 64L << 20;

    public int size() {
        return end - first;
    }

    /**
     * All edges, in ranges that a task works on: as few as memory allows, but enough for all tasks.
     *
     * @param bytes the bytes that a task holds for an edge
     * @param tasks that run at once
     */
    public static List<EdgeRange> fitting(int edges, long bytes, int tasks) {
        long fit = Math.max(1, BYTES_AT_ONCE / bytes);
        int each = (edges - 1) / tasks + 1;
        return of(edges, (int) Math.min(fit, each));
    }

    /**
     * All edges, in ranges of one length, the last one shorter.
     *
     * @param most edges in a range
     */
    public static List<EdgeRange> of(int edges, int most) {
        return IntStream.iterate(0, first -> first < edges, first -> first + most)
                .mapToObj(first -> new EdgeRange(first, Math.min(edges, first + most)))
                .toList();
    }
}
