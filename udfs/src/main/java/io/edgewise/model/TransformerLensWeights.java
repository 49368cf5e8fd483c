package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.TransformerConfig.NormType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * TransformerLens' {@code HookedTransformer}, of attention alone or with MLPs, as it writes compiled and small trained
 * models: weights of queries, keys and values by head, {@code [head, d_model, d_head]}, and of the output {@code [head, d_head,
 * d_model]}.
 */
record TransformerLensWeights(Checkpoint checkpoint, NDManager manager) {
    private static final Map<String, NormType> NORMS =
            Map.of("ln", NormType.LAYER_NORM, "lnpre", NormType.LAYER_NORM_FOLDED, "null", NormType.NONE);
    private static final Map<String, Activation> ACTIVATIONS =
            Map.of("relu", Activation.RELU, "gelu_new", Activation.GELU_NEW);
    private static final Map<String, AttentionDirection> DIRECTIONS =
            Map.of("causal", AttentionDirection.CAUSAL, "bidirectional", AttentionDirection.BIDIRECTIONAL);

    static TransformerConfig config(ConfigJson json) {
        refuseOthers(json);
        boolean attentionOnly = json.json().path("attn_only").asBoolean(false);
        boolean scales = json.json().path("use_attn_scale").asBoolean(true);
        int headWidth = json.size("d_head");
        int vocabulary = json.size("d_vocab");
        return new TransformerConfig(
                CheckpointFormat.TRANSFORMER_LENS,
                json.count("n_layers"),
                json.count("n_heads"),
                headWidth,
                json.size("d_model"),
                attentionOnly ? 0 : json.size("d_mlp"),
                vocabulary,
                json.has("d_vocab_out") ? json.size("d_vocab_out") : vocabulary,
                json.size("n_ctx"),
                json.oneOf("normalization_type", NORMS),
                json.positive("eps", 1e-5),
                attentionOnly ? Activation.RELU : json.oneOf("act_fn", ACTIVATIONS),
                json.oneOf("attention_dir", DIRECTIONS),
                scales ? 1 / json.positive("attn_scale", Math.sqrt(headWidth)) : 1);
    }

    private static void refuseOthers(ConfigJson json) {
        json.require("positional_embedding_type", "standard");
        json.require("attn_scores_soft_cap", "-1.0");
        json.require("output_logits_soft_cap", "-1.0");
        for (String flag : List.of(
                "parallel_attn_mlp",
                "gated_mlp",
                "use_qk_norm",
                "use_local_attn",
                "post_embedding_ln",
                "use_normalization_before_and_after",
                "scale_attn_by_inverse_layer_idx")) {
            json.require(flag, "false");
        }
        for (String key : List.of("n_key_value_heads", "num_experts")) {
            if (json.has(key)) {
                json.require(key, "null");
            }
        }
    }

    static Map<String, long[]> shapes(TransformerConfig config) {
        long heads = config.heads();
        long width = config.modelWidth();
        long headWidth = config.headWidth();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("embed.W_E", new long[] {config.vocabulary(), width});
        shapes.put("pos_embed.W_pos", new long[] {config.positions(), width});
        for (int block = 0; block < config.blocks(); block++) {
            String at = "blocks." + block + ".";
            norm(shapes, config, at + "ln1");
            for (String kind : List.of("Q", "K", "V")) {
                shapes.put(at + "attn.W_" + kind, new long[] {heads, width, headWidth});
                shapes.put(at + "attn.b_" + kind, new long[] {heads, headWidth});
            }
            shapes.put(at + "attn.W_O", new long[] {heads, headWidth, width});
            shapes.put(at + "attn.b_O", new long[] {width});
            if (config.hasMlps()) {
                norm(shapes, config, at + "ln2");
                shapes.put(at + "mlp.W_in", new long[] {width, config.mlpWidth()});
                shapes.put(at + "mlp.b_in", new long[] {config.mlpWidth()});
                shapes.put(at + "mlp.W_out", new long[] {config.mlpWidth(), width});
                shapes.put(at + "mlp.b_out", new long[] {width});
            }
        }
        norm(shapes, config, "ln_final");
        shapes.put("unembed.W_U", new long[] {width, config.outputVocabulary()});
        shapes.put("unembed.b_U", new long[] {config.outputVocabulary()});
        return shapes;
    }

    private static void norm(Map<String, long[]> shapes, TransformerConfig config, String at) {
        if (config.normType() == NormType.LAYER_NORM) {
            shapes.put(at + ".w", new long[] {config.modelWidth()});
            shapes.put(at + ".b", new long[] {config.modelWidth()});
        }
    }

    Decoder decoder() {
        List<Decoder.Block> blocks = IntStream.range(0, checkpoint.config().blocks())
                .mapToObj(block -> block("blocks." + block + "."))
                .toList();
        return new Decoder(
                checkpoint.config().direction(),
                load("embed.W_E"),
                load("pos_embed.W_pos"),
                blocks,
                norm("ln_final"),
                new Linear(load("unembed.W_U"), load("unembed.b_U")));
    }

    private Decoder.Block block(String at) {
        TransformerConfig config = checkpoint.config();
        NDArray output = load(at + "attn.W_O").reshape(config.headsWidth(), config.modelWidth());
        Attention attention = new Attention(
                norm(at + "ln1"),
                config.heads(),
                config.attentionScale(),
                fused(at + "attn."),
                new Linear(output, load(at + "attn.b_O")));
        return new Decoder.Block(attention, config.hasMlps() ? mlp(at) : null);
    }

    /** Queries, keys and values of all heads side by side. */
    private Linear fused(String at) {
        TransformerConfig config = checkpoint.config();
        NDList weights = new NDList();
        NDList biases = new NDList();
        for (String kind : List.of("Q", "K", "V")) {
            weights.add(load(at + "W_" + kind).transpose(1, 0, 2).reshape(config.modelWidth(), config.headsWidth()));
            biases.add(load(at + "b_" + kind).reshape(config.headsWidth()));
        }
        return new Linear(NDArrays.concat(weights, 1), NDArrays.concat(biases));
    }

    private Mlp mlp(String at) {
        return new Mlp(
                norm(at + "ln2"),
                new Linear(load(at + "mlp.W_in"), load(at + "mlp.b_in")),
                checkpoint.config().activation(),
                new Linear(load(at + "mlp.W_out"), load(at + "mlp.b_out")));
    }

    private Norm norm(String at) {
        TransformerConfig config = checkpoint.config();
        Shape width = new Shape(config.modelWidth());
        return switch (config.normType()) {
            case LAYER_NORM -> new LayerNorm(load(at + ".w"), load(at + ".b"), config.normEpsilon());
            case LAYER_NORM_FOLDED -> new LayerNorm(manager.ones(width), manager.zeros(width), config.normEpsilon());
            case NONE -> new NoNorm();
        };
    }

    private NDArray load(String name) {
        return checkpoint.load(manager, name);
    }
}
