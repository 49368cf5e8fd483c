package io.edgewise.jobs.sweep;

import io.edgewise.circuit.SizeSearch;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a sweep searches for beyond the sizes that it is given.
 *
 * @param keep the shares of the behaviour for each of which the smallest circuit is searched; empty for none. A share
 *     of 0, which needs no circuit, is left out
 * @param minimises whether edges that cost nothing are then removed from the smallest circuit
 */
public record SearchSettings(List<Double> keep, boolean minimises) {
    private static final int SIZES_A_ROUND = 8;
    private static final int VERIFIED = 8;

    public SearchSettings {
        keep = keep.stream().filter(share -> share > 0).distinct().toList();
    }

    /** The searches for the smallest circuits, and those for the ends of their intervals, which nothing else depends on. */
    static SizeSearch exact(double share) {
        return new SizeSearch(share, SIZES_A_ROUND, VERIFIED);
    }

    static SizeSearch rough(double share) {
        return new SizeSearch(share, SIZES_A_ROUND, 0);
    }

    /** A share as it is read. */
    static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }

    /** The options, for a manifest. */
    Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("keep", keep.stream().map(SearchSettings::percent).collect(Collectors.joining(",")));
        options.put("minimise", String.valueOf(minimises));
        return options;
    }
}
