package io.edgewise.jobs.input;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.graph.Level;
import io.edgewise.graph.SourceNode;
import io.edgewise.score.NodeScores;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * A collector of the scores of nodes or neurons in EAP-IG's graph file. A node may have {@code {"score": 0.1}} or {@code {"neurons_scores":
 * [0.1, ...]}}. A head's list of neurons may hold the lists of all heads of its block, as EAP-IG writes and reads them.
 */
final class MibNodes {
    private static final String SCORE = "score";
    private static final String NEURONS = "neurons_scores";

    private final String file;
    private final MibGraph graph;
    private final Map<String, SourceNode> sources = new HashMap<>();
    private final BitSet read = new BitSet();
    private Level level = Level.EDGE;
    private float[] values = {};

    MibNodes(String file, MibGraph graph) {
        this.file = file;
        this.graph = graph;
        graph.graph().sources().forEach(source -> sources.put(graph.node(source), source));
    }

    /** Adds a node with its facts. */
    void add(String name, JsonNode facts) {
        if (facts.has(NEURONS)) {
            put(name, Level.NEURON, facts.path(NEURONS));
        } else if (facts.has("neurons")) {
            throw new InputException(
                    file + " has neurons of node " + name + " without scores; wanted " + NEURONS + " beside them");
        } else if (facts.has(SCORE)) {
            put(name, Level.NODE, facts.path(SCORE));
        }
    }

    private void put(String name, Level of, JsonNode scores) {
        SourceNode source = sources.get(name);
        if (source == null) {
            if (name.equals("logits")) {
                return;
            }
            throw new InputException(file + " has node \"" + name + "\", and the model hasn't; its nodes are called as "
                    + graph.node(graph.graph().sources().get(1)));
        }
        if (level == Level.EDGE) {
            level = of;
            values = new float[graph.graph().sources().size() * width()];
        }
        if (level != of) {
            throw new InputException(file + " has scores of " + level.words() + " and, at node " + name + ", of "
                    + of.words() + "; wanted one of the two");
        }
        JsonNode own = scores.path(0).isArray() && source.head() != null ? scores.path(source.head()) : scores;
        for (int place = 0; place < width(); place++) {
            JsonNode score = level == Level.NODE ? own : own.path(place);
            if (!score.isNumber() || Double.isNaN(score.asDouble())) {
                throw new InputException(file + " has no number as score " + place + " of node " + name + "; wanted "
                        + width() + " scores for each node");
            }
            values[source.index() * width() + place] = (float) score.asDouble();
        }
        if (level == Level.NEURON && own.size() != width()) {
            throw new InputException(file + " has " + own.size() + " neurons of node " + name + "; the model has "
                    + width() + ": give the scores of this model");
        }
        read.set(source.index());
    }

    private int width() {
        return level.width(graph.shape().width());
    }

    /** Whether the file has scores of nodes or neurons. */
    boolean areScored() {
        return level != Level.EDGE;
    }

    /** @throws InputException where a node is missing, or no score tells nodes apart */
    NodeScores scores() {
        int missing = read.nextClearBit(0);
        if (missing < sources.size()) {
            throw new InputException(
                    file + " has scores of " + level.words() + " for " + read.cardinality() + " of the model's "
                            + sources.size() + " nodes; the first that is missing is "
                            + graph.node(graph.graph().sources().get(missing)) + ": give the scores of this model");
        }
        NodeScores scores = NodeScores.checked(graph.graph(), level, width(), values, file);
        if (Arrays.equals(values, new float[values.length])) {
            throw new InputException(file + " has no " + level.word() + " with a score other than 0");
        }
        return scores;
    }
}
