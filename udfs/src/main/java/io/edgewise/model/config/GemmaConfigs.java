package io.edgewise.model.config;

import io.edgewise.InputException;
import org.jspecify.annotations.Nullable;

/** Reads the configurations of Gemma: scaled embeddings, and norms that multiply by one plus a weight. */
final class GemmaConfigs {
    private GemmaConfigs() {}

    static TransformerConfig gemma(ConfigJson json) {
        refuseBothDirections(json);
        if (json.json().path("hidden_act").asText().equals("gelu")) {
            throw new InputException(json.file() + " has hidden_act gelu, which transformers 4 reads as written and"
                    + " transformers 5 as gelu_pytorch_tanh; give gelu_python for the one or gelu_pytorch_tanh for the"
                    + " other");
        }
        LlamaParts parts = new LlamaParts(json);
        boolean hasBias = json.flag("attention_bias");
        AttentionConfig attention =
                parts.attention(parts.blocks(SlidingWindows.none(json)), QueryKeyNorms.NONE, hasBias, hasBias);
        return of(parts, "gemma", attention, "hidden_act", null, NormConfig.Place.BEFORE);
    }

    static TransformerConfig gemma2(ConfigJson json) {
        refuseBothDirections(json);
        LlamaParts parts = new LlamaParts(json);
        boolean hasBias = json.flag("attention_bias");
        AttentionConfig attention = parts.attention(
                queryScale(json),
                json.positiveOrNull("attn_logit_softcapping"),
                parts.blocks(SlidingWindows.gemma2(json)),
                QueryKeyNorms.NONE,
                hasBias,
                hasBias);
        Double cap = json.positiveOrNull("final_logit_softcapping");
        return of(parts, "gemma2", attention, "hidden_activation", cap, NormConfig.Place.BEFORE_AND_AFTER);
    }

    static TransformerConfig gemma3(ConfigJson json) {
        refuseBothDirections(json);
        LlamaParts parts = new LlamaParts(json);
        boolean hasBias = json.flag("attention_bias");
        AttentionConfig attention = parts.attention(
                queryScale(json), null, Gemma3Blocks.of(parts), QueryKeyNorms.EACH_HEAD, hasBias, hasBias);
        Double cap = json.positiveOrNull("final_logit_softcapping");
        return of(parts, "gemma3_text", attention, "hidden_activation", cap, NormConfig.Place.BEFORE_AND_AFTER);
    }

    private static double queryScale(ConfigJson json) {
        return 1 / Math.sqrt(json.positive("query_pre_attn_scalar"));
    }

    private static void refuseBothDirections(ConfigJson json) {
        if (json.flag("use_bidirectional_attention")) {
            throw json.wrong("use_bidirectional_attention", "false: attention in both directions isn't supported");
        }
    }

    private static TransformerConfig of(
            LlamaParts parts,
            String type,
            AttentionConfig attention,
            String activation,
            @Nullable Double logitSoftCap,
            NormConfig.Place norms) {
        double scale = Math.sqrt(parts.json().size("hidden_size"));
        return parts.decoder(
                type,
                parts.embedding(scale, 1, logitSoftCap),
                attention,
                parts.mlp(activation, false),
                parts.norms(NormConfig.Type.RMS_PLUS_ONE, norms));
    }
}
