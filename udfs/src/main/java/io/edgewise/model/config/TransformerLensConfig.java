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
    private static final Map<String, AttentionDirection> DIRECTIONS =
            Map.of("causal", AttentionDirection.CAUSAL, "bidirectional", AttentionDirection.BIDIRECTIONAL);

    private TransformerLensConfig() {}

    static TransformerConfig of(ConfigJson json) {
        refuseOthers(json);
        boolean attentionOnly = json.flag("attn_only");
        int vocabulary = json.size("d_vocab");
        int blocks = json.count("n_layers");
        return new TransformerConfig(
                ModelFamily.TRANSFORMER_LENS,
                CheckpointFormat.TRANSFORMER_LENS,
                blocks,
                BlockLayout.SEQUENTIAL,
                json.size("d_model"),
                json.size("n_ctx"),
                EmbeddingConfig.plain(
                        vocabulary, isGiven(json, "d_vocab_out") ? json.size("d_vocab_out") : vocabulary, false),
                attention(json, blocks),
                new MlpConfig(
                        attentionOnly ? 0 : json.size("d_mlp"),
                        attentionOnly ? Activation.RELU : json.oneOf("act_fn", Activation.BY_NAME),
                        false,
                        true),
                new NormConfig(json.oneOf("normalization_type", NORMS), json.positive("eps"), NormConfig.Place.BEFORE));
    }

    private static AttentionConfig attention(ConfigJson json, int blocks) {
        int heads = json.count("n_heads");
        int headWidth = json.size("d_head");
        double divisor = isGiven(json, "attn_scale") ? json.positive("attn_scale") : Math.sqrt(headWidth);
        return new AttentionConfig(
                heads,
                headWidth,
                json.flag("use_attn_scale") ? 1 / divisor : 1,
                false,
                json.oneOf("attention_dir", DIRECTIONS),
                null,
                Collections.nCopies(blocks, 0),
                true,
                true);
    }

    /** Whether a value was chosen: TransformerLens has -1 for those that follow from others. */
    private static boolean isGiven(ConfigJson json, String key) {
        return json.has(key) && json.json().path(key).asDouble() != -1;
    }

    private static void refuseOthers(ConfigJson json) {
        json.require("positional_embedding_type", "standard");
        json.require("attn_scores_soft_cap", "-1.0");
        json.require("output_logits_soft_cap", "-1.0");
        for (String flag : List.of(
                "parallel_attn_mlp",
                "final_rms",
                "gated_mlp",
                "use_qk_norm",
                "use_local_attn",
                "post_embedding_ln",
                "use_normalization_before_and_after",
                "scale_attn_by_inverse_layer_idx")) {
            json.require(flag, "false");
        }
        for (String key : List.of("n_key_value_heads", "num_experts")) {
            json.require(key, "null");
        }
    }
}
