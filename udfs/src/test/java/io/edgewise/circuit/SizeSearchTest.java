package io.edgewise.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SizeSearchTest {
    private static final SizeSearch SEARCH = new SizeSearch(0.9, 8, 8);

    /** Searches among circuits of up to {@code edges} edges, of which a few sizes are measured at first. */
    private static NavigableMap<Integer, Double> searched(SizeSearch search, int edges, IntToDoubleFunction share) {
        NavigableMap<Integer, Double> measured = new TreeMap<>();
        List.of(0, 1, 10, 100, edges).forEach(size -> measured.put(size, share.applyAsDouble(size)));
        for (List<Integer> next = search.next(measured); !next.isEmpty(); next = search.next(measured)) {
            assertThat(next).hasSizeLessThanOrEqualTo(8).doesNotHaveDuplicates().allMatch(size -> size <= edges);
            assertThat(measured.keySet()).doesNotContainAnyElementsOf(next);
            next.forEach(size -> measured.put(size, share.applyAsDouble(size)));
        }
        return measured;
    }

    @Test
    void whereMoreEdgesKeepMoreTheSmallestIsFoundInFewRuns() {
        for (int smallest : List.of(1, 2, 99, 100, 101, 4321, 32490)) {
            NavigableMap<Integer, Double> measured = searched(SEARCH, 32491, size -> size >= smallest ? 0.95 : 0.5);
            assertThat(SEARCH.smallest(measured)).isEqualTo(smallest);
            // Eight sizes divide a range by about nine: five rounds for 32,491 sizes, and one that verifies.
            assertThat(measured).hasSizeLessThan(5 + 6 * 8);
        }
    }

    @Test
    void sizesBelowAreTriedSinceWhatCircuitsKeepCanFall() {
        IntToDoubleFunction rising = size -> size >= 57 || size == 51 ? 0.95 : 0.5;
        assertThat(SEARCH.smallest(searched(SEARCH, 1000, rising))).isEqualTo(51);
        SizeSearch rough = new SizeSearch(0.9, 8, 0);
        NavigableMap<Integer, Double> measured = new TreeMap<>(searched(rough, 1000, rising));
        assertThat(rough.smallest(measured)).isIn(51, 57);
    }

    @Test
    void noSizeIsLeftOutBelowTheSmallest() {
        NavigableMap<Integer, Double> measured = searched(SEARCH, 1000, size -> size >= 300 ? 1 : 0);
        assertThat(measured.keySet()).contains(292, 293, 294, 295, 296, 297, 298, 299, 300);
    }

    @Test
    void nothingIsSearchedWhereNoCircuitKeepsEnough() {
        assertThat(searched(SEARCH, 1000, size -> Double.NaN)).hasSize(5);
        assertThat(searched(SEARCH, 1000, size -> 0.5)).hasSize(5);
        assertThat(SEARCH.smallest(searched(SEARCH, 1000, size -> 0.5))).isNull();
    }
}
