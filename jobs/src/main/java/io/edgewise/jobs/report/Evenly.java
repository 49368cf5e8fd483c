package io.edgewise.jobs.report;

import java.util.List;
import java.util.stream.IntStream;

/** Thins lists that a picture can't show in full. */
final class Evenly {
    private Evenly() {}

    /**
     * Items at even distances, the first and the last among them; the list itself where it is short enough.
     *
     * @param most how many are kept at most, 2 or more
     */
    static <T> List<T> thinned(List<T> all, int most) {
        if (all.size() <= most) {
            return all;
        }
        double distance = (all.size() - 1.0) / (most - 1);
        return IntStream.range(0, most)
                .mapToObj(place -> all.get((int) Math.round(place * distance)))
                .toList();
    }
}
