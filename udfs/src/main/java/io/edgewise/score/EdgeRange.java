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
    public int size() {
        return end - first;
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
