package io.edgewise.model.config;

import io.edgewise.InputException;
import io.edgewise.model.config.TransformerConfig.BlockLayout;
import java.util.Collections;
import java.util.Map;

/** Reads the configuration of Hugging Face's GPT-NeoX. */
final class GptNeoxConfig {
    private static final Map<String, Activation> ACTIVATIONS = Map.of(
            "gelu", Activation.GELU,
            "gelu_new", Activation.GELU_NEW,
            "gelu_fast", Activation.GELU_NEW,
            "gelu_pytorch_tanh", Activation.GELU_NEW,
            "relu", Activation.RELU,
            "silu", Activation.SILU);

    private GptNeoxConfig() {}

    static TransformerConfig of(ConfigJson json) {
        int width = json.size("hidden_size");
        int heads = json.count("num_attention_heads");
        if (width % heads != 0) {
            throw new InputException(
                    "hidden_size must be a multiple of num_attention_heads, got " + width + " and " + heads);
        }
        int blocks = json.count("num_hidden_layers");
        int vocabulary = json.size("vocab_size");
        int headWidth = width / heads;
        double older = json.positive("rotary_pct", json.positive("partial_rotary_factor", 0.25));
        double share = json.part("rope_parameters").positive("partial_rotary_factor", older);
        boolean hasBias = json.flag("attention_bias", true);
        return new TransformerConfig(
                "gpt_neox",
                CheckpointFormat.GPT_NEOX,
                blocks,
                json.flag("use_parallel_residual", true) ? BlockLayout.PARALLEL : BlockLayout.SEQUENTIAL,
                width,
                json.size("max_position_embeddings"),
                new EmbeddingConfig(vocabulary, vocabulary, false, 1, json.flag("tie_word_embeddings", false), null),
                new AttentionConfig(
                        heads,
                        heads,
                        headWidth,
                        1 / Math.sqrt(headWidth),
                        AttentionDirection.CAUSAL,
                        null,
                        RotaryConfigs.rotary(json, (int) (headWidth * share), json.positive("rotary_emb_base", 10_000)),
                        Collections.nCopies(blocks, 0),
                        false,
                        hasBias,
                        hasBias),
                new MlpConfig(json.size("intermediate_size"), json.oneOf("hidden_act", ACTIVATIONS), false, true),
                new NormConfig(NormConfig.Type.LAYER_NORM, json.positive("layer_norm_eps", 1e-5), false));
    }
}
