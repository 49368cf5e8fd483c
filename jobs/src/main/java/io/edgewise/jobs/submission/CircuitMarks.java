package io.edgewise.jobs.submission;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.graph.SourceNode;
import io.edgewise.jobs.input.MibGraph;
import io.edgewise.jobs.input.MibJson;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A collector of which edges a graph file marks as in the graph, which checks that every node and edge of the model is marked. */
final class CircuitMarks implements MibJson.Parts {
    private static final String END = "logits";

    private final String file;
    private final MibGraph graph;
    private final Map<String, Integer> places;
    private final Set<String> missingNodes = new LinkedHashSet<>();
    private final Set<String> nodes;
    private final BitSet read = new BitSet();
    private final BitSet scored = new BitSet();
    private final BitSet marked = new BitSet();
    private boolean hasCfg;
    private boolean hasNeurons;

    /** @param places of the graph's edges, by name */
    CircuitMarks(String file, MibGraph graph, Map<String, Integer> places) {
        this.file = file;
        this.graph = graph;
        this.places = places;
        for (SourceNode source : graph.graph().sources()) {
            missingNodes.add(graph.node(source));
        }
        nodes = Set.copyOf(missingNodes);
    }

    @Override
    public void cfg(JsonNode cfg) {
        hasCfg = true;
        graph.check(cfg, file);
    }

    @Override
    public void node(String name, JsonNode facts) {
        if (name.equals(END)) {
            return;
        }
        if (!nodes.contains(name)) {
            throw new InputException(file + " has node \"" + name + "\", and the model hasn't; its nodes are called as "
                    + graph.node(graph.graph().sources().get(1)));
        }
        mark("node", name, facts);
        missingNodes.remove(name);
        hasNeurons |= facts.has("neurons");
    }

    @Override
    public void edge(String name, JsonNode facts) {
        Integer place = places.get(name);
        if (place == null) {
            throw new InputException(file + " has edge \"" + name + "\", and the model hasn't; its edges are called as "
                    + graph.edge(0) + " and " + graph.edge(places.size() - 1));
        }
        read.set(place);
        marked.set(place, mark("edge", name, facts));
        scored.set(place, facts.path("score").isNumber());
    }

    private boolean mark(String what, String name, JsonNode facts) {
        JsonNode mark = facts.path("in_graph");
        if (!mark.isBoolean()) {
            throw new InputException(file + " has " + (mark.isMissingNode() ? "no in_graph" : "in_graph " + kind(mark))
                    + " for " + what + " " + name + "; wanted true or false");
        }
        return mark.asBoolean();
    }

    private static String kind(JsonNode mark) {
        return mark.isNumber() || mark.isNull() ? mark.toString() : "that is neither";
    }

    /** @throws InputException where the file left something out */
    void checkComplete() {
        if (!hasCfg) {
            throw new InputException(file + " has no cfg; wanted EAP-IG's {\"cfg\", \"nodes\", \"edges\"}");
        }
        if (!missingNodes.isEmpty()) {
            throw new InputException(file + " has " + (nodes.size() - missingNodes.size()) + " of the model's "
                    + nodes.size() + " nodes before " + END + "; the first that is missing is "
                    + missingNodes.iterator().next());
        }
        if (read.cardinality() < places.size()) {
            throw new InputException(file + " has " + read.cardinality() + " of the model's " + places.size()
                    + " edges; the first that is missing is " + graph.edge(read.nextClearBit(0)));
        }
    }

    /** How many edges are in the graph. */
    int edges() {
        return marked.cardinality();
    }

    /** Whether every edge has a score, too, as EAP-IG's reader wants. */
    boolean areScored() {
        return scored.cardinality() == places.size();
    }

    /** Whether only some neurons of nodes may be in the graph. */
    boolean haveNeurons() {
        return hasNeurons;
    }
}
