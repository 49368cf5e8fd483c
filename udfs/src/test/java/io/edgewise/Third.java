package io.edgewise;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The same check of many cases: every third runs with all tests, the others with the slow ones. */
public final class Third {
    private Third() {}

    /** Every third case. */
    public static Stream<Arguments> of(Stream<Arguments> cases) {
        return places(cases, true);
    }

    /** The other two of every three cases. */
    public static Stream<Arguments> others(Stream<Arguments> cases) {
        return places(cases, false);
    }

    private static Stream<Arguments> places(Stream<Arguments> cases, boolean isThird) {
        List<Arguments> all = cases.toList();
        return IntStream.range(0, all.size())
                .filter(place -> place % 3 == 0 == isThird)
                .mapToObj(all::get);
    }
}
