package io.edgewise.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.model.config.TransformerConfig.BlockLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Reads the configurations of the families that share Llama's names of weights: Llama, Mistral, Qwen 2 and 3, Gemma 2. */
final class LlamaConfigs {
    private static final Map<String, Activation> ACTIVATIONS = Map.of(
            "silu", Activation.SILU,
            "gelu", Activation.GELU,
            "gelu_new", Activation.GELU_NEW,
            "gelu_pytorch_tanh", Activation.GELU_NEW,
            "relu", Activation.RELU);

    private LlamaConfigs() {}

    static TransformerConfig llama(ConfigJson json) {
        boolean hasBias = json.flag("attention_bias", false);
        return of(json, "llama", Traits.PLAIN.withBiases(hasBias, hasBias), noWindows(json));
    }

    static TransformerConfig mistral(ConfigJson json) {
        int window = json.has("sliding_window") ? json.size("sliding_window") : 0;
        return of(json, "mistral", Traits.PLAIN, Collections.nCopies(json.count("num_hidden_layers"), window));
    }

    static TransformerConfig qwen2(ConfigJson json) {
        return of(json, "qwen2", Traits.PLAIN.withBiases(true, false), qwenWindows(json));
    }

    static TransformerConfig qwen3(ConfigJson json) {
        boolean hasBias = json.flag("attention_bias", false);
        Traits traits = new Traits(hasBias, hasBias, true, NormConfig.Type.RMS, false);
        return of(json, "qwen3", traits, qwenWindows(json));
    }

    static TransformerConfig gemma2(ConfigJson json) {
        json.require("attention_bias", "false");
        Traits traits = new Traits(false, false, false, NormConfig.Type.RMS_PLUS_ONE, true);
        return of(json, "gemma2", traits, windows(json, block -> block % 2 == 0));
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
            boolean normsQueriesAndKeys,
            NormConfig.Type norm,
            boolean isGemma) {
        static final Traits PLAIN = new Traits(false, false, false, NormConfig.Type.RMS, false);

        Traits withBiases(boolean ofQueriesKeysAndValues, boolean ofOutput) {
            return new Traits(ofQueriesKeysAndValues, ofOutput, normsQueriesAndKeys, norm, isGemma);
        }
    }

    private static TransformerConfig of(ConfigJson json, String type, Traits traits, List<Integer> windows) {
        int width = json.size("hidden_size");
        int vocabulary = json.size("vocab_size");
        String activation = json.has("hidden_activation") ? "hidden_activation" : "hidden_act";
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
                        json.flag("tie_word_embeddings", traits.isGemma()),
                        traits.isGemma() ? cap(json, "final_logit_softcapping") : null),
                attention(json, traits, windows),
                new MlpConfig(
                        json.size("intermediate_size"),
                        json.oneOf(activation, ACTIVATIONS),
                        true,
                        json.flag("mlp_bias", false)),
                new NormConfig(traits.norm(), json.positive("rms_norm_eps", 1e-6), traits.isGemma()));
    }

    private static AttentionConfig attention(ConfigJson json, Traits traits, List<Integer> windows) {
        int width = json.size("hidden_size");
        int heads = json.count("num_attention_heads");
        if (!json.has("head_dim") && width % heads != 0) {
            throw new InputException(json.file() + " has hidden_size " + width + ", which isn't a multiple of " + heads
                    + " heads, and no head_dim");
        }
        int headWidth = json.has("head_dim") ? json.size("head_dim") : width / heads;
        double queryScale = traits.isGemma() ? json.positive("query_pre_attn_scalar", headWidth) : headWidth;
        return new AttentionConfig(
                heads,
                json.has("num_key_value_heads") ? json.count("num_key_value_heads") : heads,
                headWidth,
                1 / Math.sqrt(queryScale),
                AttentionDirection.CAUSAL,
                traits.isGemma() ? cap(json, "attn_logit_softcapping") : null,
                RotaryConfigs.rotary(json, headWidth, 10_000),
                windows,
                traits.normsQueriesAndKeys(),
                traits.hasBias(),
                traits.hasOutputBias());
    }

    private static @Nullable Double cap(ConfigJson json, String key) {
        return json.has(key) ? (Double) json.positive(key, 1) : null;
    }

    private static List<Integer> noWindows(ConfigJson json) {
        return Collections.nCopies(json.count("num_hidden_layers"), 0);
    }

    private static List<Integer> qwenWindows(ConfigJson json) {
        if (!json.flag("use_sliding_window", false)) {
            return noWindows(json);
        }
        int firstWindow = json.has("max_window_layers") ? json.size("max_window_layers") : 0;
        return windows(json, block -> block >= firstWindow);
    }

    /** The windows by {@code layer_types} where the configuration has them, else by a rule. */
    private static List<Integer> windows(ConfigJson json, IntPredicate slides) {
        int blocks = json.count("num_hidden_layers");
        if (!json.has("sliding_window")) {
            return noWindows(json);
        }
        int window = json.size("sliding_window");
        JsonNode types = json.json().path("layer_types");
        List<Integer> windows = new ArrayList<>();
        for (int block = 0; block < blocks; block++) {
            boolean isSliding =
                    types.isArray() ? types.path(block).asText().equals("sliding_attention") : slides.test(block);
            windows.add(isSliding ? window : 0);
        }
        return windows;
    }
}
