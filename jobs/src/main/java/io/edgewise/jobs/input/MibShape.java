package io.edgewise.jobs.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.InputException;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.TransformerGraph;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.config.TransformerConfig.BlockLayout;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What EAP-IG's graph file says about a model, in its {@code cfg}. It decides the names of all nodes and edges.
 *
 * @param layers blocks, each with attention and an MLP
 * @param heads query heads a block
 * @param isParallel whether a block's attention and MLP run in parallel
 * @param width of the residual stream
 */
public record MibShape(int layers, int heads, boolean isParallel, int width) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 1 << 16;
    private static final String LAYERS = "n_layers";
    private static final String HEADS = "n_heads";
    private static final String PARALLEL = "parallel_attn_mlp";
    private static final String WIDTH = "d_model";

    /** The shape of a model. */
    public static MibShape of(TransformerConfig config) {
        return new MibShape(
                config.blocks(), config.heads(), config.layout() == BlockLayout.PARALLEL, config.modelWidth());
    }

    /** @throws InputException where the file doesn't say it */
    static MibShape of(JsonNode cfg, String file) {
        JsonNode parallel = cfg.path(PARALLEL);
        if (!parallel.isBoolean()) {
            throw new InputException(file + " has " + PARALLEL + " in cfg that is neither true nor false");
        }
        return new MibShape(
                size(cfg, LAYERS, file), size(cfg, HEADS, file), parallel.asBoolean(), size(cfg, WIDTH, file));
    }

    private static int size(JsonNode cfg, String fact, String file) {
        JsonNode size = cfg.path(fact);
        if (!size.isIntegralNumber() || !size.canConvertToInt() || size.asInt() < 1 || size.asInt() > MOST) {
            throw new InputException(
                    file + " has " + fact + " " + shown(size) + " in cfg; wanted a whole number from 1 to " + MOST);
        }
        return size.asInt();
    }

    private static String shown(JsonNode fact) {
        return fact.isMissingNode() ? "missing" : fact.isNumber() ? fact.toString() : "that is no number";
    }

    /** The facts by their names in the file. */
    Map<String, Object> cfg() {
        Map<String, Object> cfg = new LinkedHashMap<>();
        cfg.put(LAYERS, layers);
        cfg.put(HEADS, heads);
        cfg.put(PARALLEL, isParallel);
        cfg.put(WIDTH, width);
        return cfg;
    }

    /** Checks that the facts that a file has are these. */
    void check(JsonNode cfg, String file) {
        JsonNode own = JSON.valueToTree(cfg());
        own.properties().forEach(fact -> {
            JsonNode given = cfg.path(fact.getKey());
            if (!given.isMissingNode() && !given.equals(fact.getValue())) {
                throw new InputException(file + " is of a model with " + fact.getKey() + " " + given
                        + "; this model has " + fact.getValue() + ": give the scores of this model");
            }
        });
    }

    /** How many edges the graph has, without making it. */
    double edges() {
        double before = layers + (heads + 1.) * layers * (layers - 1.) / 2;
        return before * (3. * heads + 1) + (isParallel ? 0 : (double) layers * heads) + 1 + layers * (heads + 1.);
    }

    /** The graph, in which each query head has a query, a key and a value input. */
    ModelGraph graph() {
        return new TransformerGraph(layers, heads, heads, true, isParallel).with(GraphSpec.DEFAULT);
    }
}
