package io.edgewise.jobs.sweep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.Members;
import io.edgewise.circuit.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How circuits were chosen, for a manifest: what the options leave open.
 *
 * @param tuning runs on prompts that chose; null where none did
 */
record SelectionJson(Selection selection, @Nullable CircuitRuns tuning) {
    /** The key in a manifest. */
    static final String KEY = "selection";

    /** @param circuits that were chosen */
    ObjectNode json(List<Circuit> circuits) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (selection instanceof Selection.Ratio ratio) {
            json.put("ratio", ratio.positive());
        }
        if (selection instanceof Selection.Consistent consistent) {
            json.put("consistent_edges", consistent.consistent().cardinality());
        }
        if (selection instanceof Selection.Connected) {
            json.put(
                    "largest_gap",
                    circuits.stream().mapToDouble(SelectionJson::gap).max().orElse(0));
        }
        if (tuning != null) {
            json.put("tuning_prompts", tuning.prompts().promptCount());
        }
        return json;
    }

    private static double gap(Circuit circuit) {
        return circuit.members() instanceof Members.Searched searched ? searched.gap() : 0;
    }
}
