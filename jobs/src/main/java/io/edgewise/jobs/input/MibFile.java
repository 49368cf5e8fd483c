package io.edgewise.jobs.input;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.score.RankedScores;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * The scores in EAP-IG's graph file. Where no edge has a score, the edges in the graph have score 1 and the others 0. Where nodes have
 * a {@code score}, or {@code neurons_scores}, the scores are those of nodes or neurons.
 */
public final class MibFile implements MibJson.Parts {
    private final String name;
    private final MibGraph graph;
    private final MibEdges edges;
    private final MibNodes nodes;

    /** A collector of a file's scores. */
    public MibFile(Path file, MibGraph graph) {
        this.name = file.toString();
        this.graph = graph;
        this.edges = new MibEdges(name, graph);
        this.nodes = new MibNodes(name, graph);
    }

    /** @throws InputException where it is broken, has no score for an edge, or is of another graph */
    static RankedScores read(Path file, MibGraph graph) {
        MibFile scores = new MibFile(file, graph);
        MibJson.read(file, List.of(scores));
        return scores.scores();
    }

    @Override
    public void cfg(JsonNode cfg) {
        graph.check(cfg, name);
    }

    @Override
    public void node(String node, JsonNode facts) {
        nodes.add(node, facts);
    }

    @Override
    public void edge(String edge, JsonNode facts) {
        edges.add(edge, facts);
    }

    /** Whether there are scores, and not only what is in the graph. */
    public boolean areScored() {
        return nodes.areScored() || edges.areScored();
    }

    /**
     * The scores of what has been read.
     *
     * @throws InputException where some are missing, or none tells edges apart
     */
    public RankedScores scores() {
        return nodes.areScored() ? nodes.scores() : edges.scores();
    }
}
