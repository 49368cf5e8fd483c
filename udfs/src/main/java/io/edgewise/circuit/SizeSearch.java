package io.edgewise.circuit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The search for the smallest circuit that keeps a share of the behaviour, in rounds of sizes that are measured together. Each round divides
 * the sizes between the smallest circuit known to keep enough and the next smaller one that was measured. Since what circuits keep can fall
 * as they grow, the last rounds try the sizes just below too.
 *
 * @param enough the share to keep
 * @param sizesARound how many sizes a round has at most
 * @param verified how many sizes below the smallest circuit have to be measured, none of which keeps enough
 */
public record SizeSearch(double enough, int sizesARound, int verified) {

    /**
     * The sizes to measure next.
     *
     * @param measured the share that circuits keep, by their size
     * @return none where the search is over, or no measured circuit keeps enough
     */
    public List<Integer> next(NavigableMap<Integer, Double> measured) {
        Integer smallest = smallest(measured);
        if (smallest == null) {
            return List.of();
        }
        Integer below = measured.lowerKey(smallest);
        int first = below == null ? 1 : below + 1;
        int between = smallest - first;
        if (between > 0) {
            int sizes = Math.min(between, sizesARound);
            return IntStream.range(0, sizes)
                    .map(place -> first + (int) ((long) (2 * place + 1) * between / (2L * sizes)))
                    .boxed()
                    .toList();
        }
        List<Integer> unmeasured = new ArrayList<>();
        for (int size = Math.max(1, smallest - verified); size < smallest; size++) {
            if (!measured.containsKey(size)) {
                unmeasured.add(size);
            }
        }
        return unmeasured.subList(0, Math.min(unmeasured.size(), sizesARound));
    }

    /** The size of the smallest measured circuit that keeps enough, or null where none does. */
    public @Nullable Integer smallest(NavigableMap<Integer, Double> measured) {
        for (Map.Entry<Integer, Double> size : measured.entrySet()) {
            if (size.getValue() >= enough) {
                return size.getKey();
            }
        }
        return null;
    }
}
