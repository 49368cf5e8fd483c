package io.edgewise.jobs.sweep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * The smallest circuit that keeps a share of the behaviour.
 *
 * @param keep the share
 * @param kept the circuit; null where none keeps as much
 * @param sizes between which its size lies, by the choice of prompts
 * @param edges how many edges, or nodes or neurons, there are
 */
public record SmallestCircuit(double keep, Headline.@Nullable Kept kept, Headline.SizeRange sizes, int edges) {
    /** The key in a manifest. */
    public static final String KEY = "smallest";

    static SmallestCircuit of(double keep, Headline headline) {
        return new SmallestCircuit(keep, headline.smallest(keep).orElse(null), headline.sizes(keep), headline.edges());
    }

    /** What was found, as a sentence without a full stop. */
    public String sentence() {
        String share = SearchSettings.percent(keep);
        if (kept == null) {
            return "No circuit keeps " + share + " of the behaviour";
        }
        Integer low = sizes.low();
        Integer high = sizes.high();
        String range = low == null || high == null || low.equals(high) ? "" : " (" + low + " to " + high + ")";
        return "The smallest circuit that keeps " + share + " of the behaviour has " + kept.edges() + range + " of "
                + edges + " edges; it keeps " + kept;
    }

    /** The same for a manifest, with the numbers. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("keep", keep);
        json.put("edges", kept == null ? null : Integer.valueOf(kept.edges()));
        json.put("edges_low", sizes.low());
        json.put("edges_high", sizes.high());
        json.put("faithfulness", kept == null ? null : Double.valueOf(kept.faithfulness()));
        json.put("sentence", sentence());
        return json;
    }
}
