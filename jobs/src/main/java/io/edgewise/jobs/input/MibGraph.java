package io.edgewise.jobs.input;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.DestinationModule.Kind;
import io.edgewise.graph.Edge;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.GraphSpec.KeyValueEdges;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.config.TransformerConfig;
import java.util.HashMap;
import java.util.Map;

/**
 * A model's graph as EAP-IG and the MIB benchmark name it: nodes {@code input}, {@code a5.h1}, {@code m11}, {@code logits}, edges
 * {@code a5.h1->a9.h6<q>}. The edges are the same as AutoCircuit's, except that EAP-IG's {@code input} is the token embedding alone.
 */
public record MibGraph(MibShape shape, ModelGraph graph) {

    /**
     * The graph of a model, where EAP-IG has one for it.
     *
     * @throws InputException where the format has no such edges
     */
    public static MibGraph of(TransformerConfig config, GraphSpec spec) {
        refuse(!config.hasMlps(), "an MLP in every block; this model has none");
        refuse(
                !spec.factorized(),
                "edges from every node to every later one; these are scores with --factorized false");
        refuse(!spec.separateQkv(), "query, key and value inputs; these are scores with --separate-qkv false");
        refuse(spec.seqLen() != null, "edges that all token positions share; these are scores with --seq-len");
        refuse(
                spec.keyValueEdges() == KeyValueEdges.GROUP
                        && config.attention().keyValueHeads() < config.heads(),
                "key and value inputs for each query head; these are scores with --kv-edges group");
        return new MibGraph(MibShape.of(config), config.graph(spec));
    }

    /** The graph of a model of which only the shape is known. */
    public static MibGraph of(MibShape shape) {
        return new MibGraph(shape, shape.graph());
    }

    private static void refuse(boolean isOther, String wanted) {
        if (isOther) {
            throw new InputException("EAP-IG's format wants " + wanted);
        }
    }

    /** The format's facts about a model, by its names. */
    public Map<String, Object> cfg() {
        return shape.cfg();
    }

    /** Checks that the facts that a file has about its model are those of this one. */
    public void check(JsonNode cfg, String file) {
        shape.check(cfg, file);
    }

    /** The places of all edges in the canonical order, by their names. */
    public Map<String, Integer> places() {
        Map<String, Integer> places = new HashMap<>();
        for (int edge = 0; edge < graph.edgeCount(); edge++) {
            places.put(edge(edge), edge);
        }
        return places;
    }

    /** A source's name. */
    public String node(SourceNode source) {
        return switch (source.kind()) {
            case START -> "input";
            case HEAD -> "a" + source.block() + ".h" + source.head();
            case MLP -> "m" + source.block();
            case RESIDUAL_MID, RESIDUAL_POST -> throw new IllegalArgumentException("The format has no " + source);
        };
    }

    /** The name of an edge of the canonical order. */
    public String edge(int index) {
        Edge edge = graph.edge(index);
        DestinationModule module = graph.moduleOf(index);
        return node(edge.source()) + "->" + destination(module, edge);
    }

    private static String destination(DestinationModule module, Edge edge) {
        Kind kind = module.kind();
        String head = "a" + module.block() + ".h" + edge.destination().head();
        return switch (kind) {
            case QUERY -> head + "<q>";
            case KEY -> head + "<k>";
            case VALUE -> head + "<v>";
            case MLP -> "m" + module.block();
            case RESIDUAL_END -> "logits";
            case ATTENTION, RESIDUAL_MID, RESIDUAL_POST ->
                throw new IllegalArgumentException("The format has no " + edge);
        };
    }
}
