package io.edgewise.jobs.sweep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.circuit.Circuit;
import io.edgewise.uncertainty.Estimate;

/**
 * A circuit, and what is left of it without the edges that it doesn't need.
 *
 * @param keptBefore the faithfulness of the circuit
 * @param keptAfter the faithfulness of what is left, on the same prompts, which had no part in the choice of edges
 */
public record MinimisedCircuit(Circuit before, Circuit after, Estimate keptBefore, Estimate keptAfter) {
    /** The key in a manifest. */
    public static final String KEY = "minimised";

    /** The name of the table of the edges that are left. */
    public static final String TABLE = "minimised";

    /** What was found, as a sentence without a full stop. */
    public String sentence() {
        Headline.Kept left = kept(after, keptAfter);
        return after.achievedEdges() == before.achievedEdges()
                ? "None of the " + before.achievedEdges() + " edges can go: each costs more than the error"
                : "Of the " + before.achievedEdges() + " edges, " + left.edges() + " keep " + left
                        + "; the others cost nothing within the error";
    }

    /** The same for a manifest, with the numbers. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("sentence", sentence());
        json.put("edges_before", before.achievedEdges());
        json.put("edges", after.achievedEdges());
        Headline.Kept left = kept(after, keptAfter);
        json.put("faithfulness_before", keptBefore.value());
        json.put("faithfulness", left.faithfulness());
        json.put("low", left.interval().low());
        json.put("high", left.interval().high());
        return json;
    }

    private static Headline.Kept kept(Circuit circuit, Estimate faithfulness) {
        return new Headline.Kept(circuit.achievedEdges(), faithfulness.value(), faithfulness.interval());
    }
}
