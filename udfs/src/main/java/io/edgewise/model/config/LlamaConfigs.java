package io.edgewise.model.config;

import io.edgewise.InputException;
import io.edgewise.model.config.TransformerConfig.BlockLayout;
import java.util.List;

/** Reads the configurations of the families that share Llama's names of weights: Llama, Mistral, Qwen 2 and 3, Gemma 2. */
final class LlamaConfigs {
    private LlamaConfigs() {}

    static TransformerConfig llama(ConfigJson json) {
        boolean hasBias = json.flag("attention_bias");
        Traits traits = Traits.PLAIN.withBiases(hasBias, hasBias).withMlpBias(json.flag("mlp_bias"));
        return of(json, "llama", traits, SlidingWindows.none(json));
    }

    static TransformerConfig mistral(ConfigJson json) {
        return of(json, "mistral", Traits.PLAIN, SlidingWindows.mistral(json));
    }

    static TransformerConfig qwen2(ConfigJson json) {
        return qwen2(json, true, SlidingWindows.qwen(json));
    }

    static TransformerConfig qwen2(ConfigJson json, boolean hasBias, List<Integer> windows) {
        return of(json, "qwen2", Traits.PLAIN.withBiases(hasBias, false), windows);
    }

    static TransformerConfig qwen3(ConfigJson json) {
        return qwen3(json, SlidingWindows.qwen(json));
    }

    static TransformerConfig qwen3(ConfigJson json, List<Integer> windows) {
        boolean hasBias = json.flag("attention_bias");
        Traits traits = new Traits(hasBias, hasBias, false, true, NormConfig.Type.RMS, false);
        return of(json, "qwen3", traits, windows);
    }

    static TransformerConfig gemma2(ConfigJson json) {
        if (json.flag("use_bidirectional_attention")) {
            throw json.wrong("use_bidirectional_attention", "false: attention in both directions isn't supported");
        }
        boolean hasBias = json.flag("attention_bias");
        Traits traits = new Traits(hasBias, hasBias, false, false, NormConfig.Type.RMS_PLUS_ONE, true);
        return of(json, "gemma2", traits, SlidingWindows.gemma2(json));
    }

    /**
     * What differs between the families, besides sizes.
     *
     * @param normsQueriesAndKeys Qwen 3's
     * @param isGemma scaled embeddings, norms after attention and MLP, soft caps
     */
    private record Traits(
            boolean hasBias,
            boolean hasOutputBias,
            boolean hasMlpBias,
            boolean normsQueriesAndKeys,
            NormConfig.Type norm,
            boolean isGemma) {
        static final Traits PLAIN = new Traits(false, false, false, false, NormConfig.Type.RMS, false);

        Traits withBiases(boolean ofQueriesKeysAndValues, boolean ofOutput) {
            return new Traits(ofQueriesKeysAndValues, ofOutput, hasMlpBias, normsQueriesAndKeys, norm, isGemma);
        }

        Traits withMlpBias(boolean has) {
            return new Traits(hasBias, hasOutputBias, has, normsQueriesAndKeys, norm, isGemma);
        }
    }

    private static TransformerConfig of(ConfigJson json, String type, Traits traits, List<Integer> windows) {
        int width = json.size("hidden_size");
        int vocabulary = json.size("vocab_size");
        String activation = traits.isGemma() ? "hidden_activation" : "hidden_act";
        return new TransformerConfig(
                type,
                CheckpointFormat.LLAMA,
                json.count("num_hidden_layers"),
                BlockLayout.SEQUENTIAL,
                width,
                json.size("max_position_embeddings"),
                new EmbeddingConfig(
                        vocabulary,
                        vocabulary,
                        false,
                        traits.isGemma() ? Math.sqrt(width) : 1,
                        json.flag("tie_word_embeddings"),
                        traits.isGemma() ? json.positiveOrNull("final_logit_softcapping") : null),
                attention(json, traits, windows),
                new MlpConfig(
                        json.size("intermediate_size"),
                        json.oneOf(activation, Activation.BY_NAME),
                        true,
                        traits.hasMlpBias()),
                new NormConfig(traits.norm(), json.positive("rms_norm_eps"), traits.isGemma()));
    }

    private static AttentionConfig attention(ConfigJson json, Traits traits, List<Integer> windows) {
        int width = json.size("hidden_size");
        int heads = json.count("num_attention_heads");
        if (!json.has("head_dim") && width % heads != 0) {
            throw new InputException(json.file() + " has hidden_size " + width + ", which isn't a multiple of " + heads
                    + " heads, and no head_dim");
        }
        int headWidth = json.has("head_dim") ? json.size("head_dim") : width / heads;
        double queryScale = traits.isGemma() ? json.positive("query_pre_attn_scalar") : headWidth;
        return new AttentionConfig(
                heads,
                json.has("num_key_value_heads") ? json.count("num_key_value_heads") : heads,
                headWidth,
                1 / Math.sqrt(queryScale),
                false,
                AttentionDirection.CAUSAL,
                traits.isGemma() ? json.positiveOrNull("attn_logit_softcapping") : null,
                rotary(json, headWidth),
                windows,
                traits.normsQueriesAndKeys(),
                traits.hasBias(),
                traits.hasOutputBias());
    }

    /** Of a share of a head's dimensions these families have no rotation: transformers 4 fails there, and transformers 5 rotates them all. */
    private static Rotary rotary(ConfigJson json, int headWidth) {
        Rotary rotary = RotaryConfigs.rotary(json, headWidth, "partial_rotary_factor", "rope_theta");
        if (rotary.width() != headWidth) {
            throw new InputException(json.file() + " has a partial_rotary_factor that rotates " + rotary.width()
                    + " of a head's " + headWidth + " dimensions; in this family wanted all of them, or no such key");
        }
        return rotary;
    }
}
