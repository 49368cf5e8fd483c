package io.edgewise.model.config;

import io.edgewise.model.config.TransformerConfig.BlockLayout;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Reads the configuration of TransformerLens' {@code HookedTransformer}. */
final class TransformerLensConfig {
    private static final Map<String, NormConfig.Type> NORMS = Map.of(
            "ln", NormConfig.Type.LAYER_NORM,
            "lnpre", NormConfig.Type.LAYER_NORM_FOLDED,
            "null", NormConfig.Type.NONE);
    private static final Map<String, Activation> ACTIVATIONS =
            Map.of("relu", Activation.RELU, "gelu_new", Activation.GELU_NEW, "gelu", Activation.GELU);
    private static final Map<String, AttentionDirection> DIRECTIONS =
            Map.of("causal", AttentionDirection.CAUSAL, "bidirectional", AttentionDirection.BIDIRECTIONAL);

    private TransformerLensConfig() {}

    static TransformerConfig of(ConfigJson json) {
        refuseOthers(json);
        boolean attentionOnly = json.flag("attn_only", false);
        int vocabulary = json.size("d_vocab");
        int blocks = json.count("n_layers");
        return new TransformerConfig(
                "TransformerLens",
                CheckpointFormat.TRANSFORMER_LENS,
                blocks,
                BlockLayout.SEQUENTIAL,
                json.size("d_model"),
                json.size("n_ctx"),
                EmbeddingConfig.plain(
                        vocabulary, json.has("d_vocab_out") ? json.size("d_vocab_out") : vocabulary, false),
                attention(json, blocks),
                new MlpConfig(
                        attentionOnly ? 0 : json.size("d_mlp"),
                        attentionOnly ? Activation.RELU : json.oneOf("act_fn", ACTIVATIONS),
                        false,
                        true),
                new NormConfig(json.oneOf("normalization_type", NORMS), json.positive("eps", 1e-5), false));
    }

    private static AttentionConfig attention(ConfigJson json, int blocks) {
        int heads = json.count("n_heads");
        int headWidth = json.size("d_head");
        boolean scales = json.flag("use_attn_scale", true);
        return new AttentionConfig(
                heads,
                heads,
                headWidth,
                scales ? 1 / json.positive("attn_scale", Math.sqrt(headWidth)) : 1,
                json.oneOf("attention_dir", DIRECTIONS),
                null,
                null,
                Collections.nCopies(blocks, 0),
                false,
                true,
                true);
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
}
