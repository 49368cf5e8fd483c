package io.edgewise.jobs.input;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.score.PruneScores;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;

/** A collector of the edges of EAP-IG's graph file, which checks that every edge of the graph is there. */
final class MibEdges {
    private final String file;
    private final MibGraph graph;
    private final Map<String, Integer> places;
    private final double[] values;
    private final BitSet read = new BitSet();
    private final BitSet scored = new BitSet();

    MibEdges(String file, MibGraph graph) {
        this.file = file;
        this.graph = graph;
        this.values = new double[graph.graph().edgeCount()];
        this.places = graph.places();
    }

    /** Adds an edge with its {@code {"score": number, "in_graph": boolean}}; one of the two may be missing. */
    void add(String name, JsonNode facts) {
        Integer edge = places.get(name);
        if (edge == null) {
            throw new InputException(file + " has edge \"" + name + "\", and the model hasn't; its edges are called as "
                    + graph.edge(0) + " and " + graph.edge(values.length - 1));
        }
        JsonNode score = facts.path("score");
        JsonNode inGraph = facts.path("in_graph");
        boolean isScore = score.isNumber() && !Double.isNaN(score.asDouble());
        if (!isScore && !(score.isMissingNode() && inGraph.isBoolean())) {
            throw new InputException(file + " has " + facts + " for edge " + name
                    + "; wanted {\"score\": a number, \"in_graph\": true or false}");
        }
        read.set(edge);
        scored.set(edge, isScore);
        values[edge] = isScore ? score.asDouble() : inGraph.asBoolean() ? 1 : 0;
    }

    boolean areScored() {
        return !scored.isEmpty();
    }

    /** @throws InputException where an edge is missing, or neither scores nor marks tell edges apart */
    PruneScores scores() {
        if (read.cardinality() < values.length) {
            throw new InputException(file + " has " + read.cardinality() + " of the model's " + values.length
                    + " edges; the first that is missing is " + graph.edge(read.nextClearBit(0))
                    + ": give the scores of this model");
        }
        if (!scored.isEmpty() && scored.cardinality() < values.length) {
            throw new InputException(
                    file + " has a score for some edges only, not for " + graph.edge(scored.nextClearBit(0)));
        }
        if (Arrays.stream(values).allMatch(value -> value == 0)) {
            throw new InputException(
                    file + " has no edge with a score other than 0; wanted scores of edges, not of nodes");
        }
        return PruneScores.of(graph.graph(), values);
    }
}
