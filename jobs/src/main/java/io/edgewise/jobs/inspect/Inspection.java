package io.edgewise.jobs.inspect;

import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.ModelGraph;
import io.edgewise.jobs.score.MemoryNeed;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.torch.ComputeType;
import io.edgewise.model.weights.WeightLayout;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model's graph and what scoring a batch will need. The estimates count floating-point operations (two for a multiplication and addition)
 * and the arrays that are alive at once.
 *
 * @param type the type of the matrices
 */
public record Inspection(TransformerConfig config, GraphSpec spec, ComputeType type, int batchSize, int tokens) {

    public Map<String, Object> facts() {
        ModelGraph graph = config.graph(spec);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("model_type", config.modelType());
        facts.put("layers", config.blocks());
        facts.put("heads", config.heads());
        facts.put("key_value_heads", config.attention().keyValueHeads());
        facts.put("d_model", config.modelWidth());
        facts.put("d_head", config.attention().headWidth());
        facts.put("d_mlp", config.mlp().width());
        facts.put("vocabulary", config.vocabulary());
        facts.put("positions", config.positions());
        facts.put("parameters", WeightLayout.parameters(config));
        facts.put("sources", graph.sources().size());
        facts.put("destinations", graph.destinationCount());
        facts.put("edges", graph.edgeCount());
        facts.put("batch_size", batchSize);
        facts.put("tokens", tokens);
        facts.put("weight_bytes", need().weightBytes(type));
        facts.put("source_activation_bytes", need().sourceBytes());
        facts.put("score_extra_bytes", need().scoreBytes());
        facts.put("total_bytes", need().weightBytes(type) + need().scoreBytes());
        facts.put("forward_flops", forwardFlops());
        facts.put("score_flops", scoreFlops());
        return facts;
    }

    /**
     * The facts, with the time that a batch takes on one core.
     *
     * @param forwardSeconds a plain forward pass, measured
     */
    public Map<String, Object> factsWithTimes(double forwardSeconds) {
        Map<String, Object> facts = facts();
        facts.put("forward_seconds_measured", forwardSeconds);
        facts.put("score_seconds_estimated", forwardSeconds * scoreFlops() / forwardFlops());
        return facts;
    }

    private long residualElements() {
        return (long) batchSize * tokens * config.modelWidth();
    }

    private MemoryNeed need() {
        return new MemoryNeed(config, spec, batchSize, tokens);
    }

    private long forwardFlops() {
        long width = config.modelWidth();
        long rows = (long) batchSize * tokens;
        long heads = 4 * rows * (2 * width + tokens) * config.attention().width();
        long mlps = 2 * rows * (config.mlp().isGated() ? 3 : 2) * width * config.hiddenWidth();
        return config.blocks() * heads + mlps + 2L * batchSize * width * config.outputVocabulary();
    }

    /** The operations of a score: a forward pass for the ablation, a forward and a backward pass on the clean prompts, and the edges' products. */
    private long scoreFlops() {
        long width = config.modelWidth();
        long rows = (long) batchSize * tokens;
        long perHead = 2L
                * config.blocks()
                * rows
                * (3 + 2)
                * width
                * config.attention().width();
        long edges = 2L * config.graph(spec).edgeCount() * residualElements();
        return 3 * forwardFlops() + perHead + edges;
    }
}
