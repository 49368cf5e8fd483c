package io.edgewise.jobs.fuzz;

import io.edgewise.graph.GraphSpec;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.weights.WeightLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFuzzTest {
    private static final String GPT_NEOX =
            "{\"model_type\": \"gpt_neox\", \"hidden_size\": 768, \"num_attention_heads\": 12, \"num_hidden_layers\": 12,"
                    + " \"vocab_size\": 50304, \"max_position_embeddings\": 2048, \"intermediate_size\": 3072,"
                    + " \"hidden_act\": \"gelu\", \"rotary_pct\": 0.25, \"rotary_emb_base\": 10000,"
                    + " \"layer_norm_eps\": 1e-5, \"use_parallel_residual\": true, \"tie_word_embeddings\": false}";
    private static final String LLAMA =
            "{\"model_type\": \"llama\", \"hidden_size\": 64, \"num_attention_heads\": 8, \"num_key_value_heads\": 2,"
                    + " \"num_hidden_layers\": 3, \"vocab_size\": 100, \"max_position_embeddings\": 128,"
                    + " \"intermediate_size\": 96, \"hidden_act\": \"silu\", \"rms_norm_eps\": 1e-6, \"head_dim\": 8,"
                    + " \"rope_theta\": 500000.0, \"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 8.0,"
                    + " \"low_freq_factor\": 1.0, \"high_freq_factor\": 4.0, \"original_max_position_embeddings\": 64}}";
    private static final String GEMMA =
            "{\"model_type\": \"gemma2\", \"hidden_size\": 64, \"num_attention_heads\": 8, \"num_key_value_heads\": 4,"
                    + " \"num_hidden_layers\": 2, \"vocab_size\": 100, \"max_position_embeddings\": 128,"
                    + " \"intermediate_size\": 96, \"hidden_activation\": \"gelu_pytorch_tanh\", \"rms_norm_eps\": 1e-6,"
                    + " \"head_dim\": 16, \"sliding_window\": 8, \"layer_types\": [\"full_attention\","
                    + " \"sliding_attention\"], \"query_pre_attn_scalar\": 16, \"attn_logit_softcapping\": 50.0,"
                    + " \"final_logit_softcapping\": 30.0}";
    private static final String QWEN =
            "{\"model_type\": \"qwen2\", \"hidden_size\": 16, \"num_attention_heads\": 4, \"num_key_value_heads\": 2,"
                    + " \"num_hidden_layers\": 2, \"vocab_size\": 100, \"max_position_embeddings\": 128,"
                    + " \"use_sliding_window\": true, \"sliding_window\": 8, \"max_window_layers\": 0, \"rope_parameters\":"
                    + " {\"rope_type\": \"longrope\", \"factor\": 4.0, \"original_max_position_embeddings\": 32,"
                    + " \"short_factor\": [1.0, 1.5], \"long_factor\": [2.0, 4.0], \"attention_factor\": 1.1}}";
    private static final String MISTRAL =
            "{\"model_type\": \"mistral\", \"hidden_size\": 16, \"num_attention_heads\": 8, \"vocab_size\": 100,"
                    + " \"rope_scaling\": {\"type\": \"yarn\", \"factor\": 4.0, \"beta_fast\": 16, \"beta_slow\": 2,"
                    + " \"mscale\": 1.0, \"mscale_all_dim\": 0.5, \"truncate\": false}}";
    private static final String GPT_NEO =
            "{\"model_type\": \"gpt_neo\", \"hidden_size\": 16, \"num_heads\": 4, \"num_layers\": 3, \"vocab_size\": 100,"
                    + " \"max_position_embeddings\": 128, \"attention_types\": [[[\"global\", \"local\"], 1], [[\"local\"], 1]],"
                    + " \"window_size\": 8}";
    private static final String OPT =
            "{\"model_type\": \"opt\", \"hidden_size\": 16, \"num_attention_heads\": 4, \"num_hidden_layers\": 3,"
                    + " \"vocab_size\": 100, \"ffn_dim\": 24, \"word_embed_proj_dim\": 16, \"do_layer_norm_before\": true,"
                    + " \"_remove_final_layer_norm\": true, \"enable_bias\": false}";
    private static final String PHI =
            "{\"model_type\": \"phi\", \"hidden_size\": 16, \"num_attention_heads\": 4, \"num_hidden_layers\": 3,"
                    + " \"vocab_size\": 100, \"intermediate_size\": 24, \"partial_rotary_factor\": 0.5, \"qk_layernorm\": true}";
    private static final String GPT_J = "{\"model_type\": \"gptj\", \"n_embd\": 16, \"n_head\": 4, \"n_layer\": 3,"
            + " \"vocab_size\": 100, \"rotary_dim\": 2, \"n_inner\": 24}";
    private static final String QWEN_MOE =
            "{\"model_type\": \"qwen2_moe\", \"hidden_size\": 16, \"num_attention_heads\": 4, \"num_key_value_heads\": 2,"
                    + " \"num_hidden_layers\": 3, \"vocab_size\": 100, \"num_experts\": 8, \"num_experts_per_tok\": 2,"
                    + " \"moe_intermediate_size\": 8, \"shared_expert_intermediate_size\": 12, \"decoder_sparse_step\": 2,"
                    + " \"mlp_only_layers\": [2]}";
    private static final String TRANSFORMER_LENS =
            "{\"n_layers\": 2, \"d_model\": 16, \"n_ctx\": 8, \"d_head\": 4, \"n_heads\": 4, \"d_mlp\": 32,"
                    + " \"d_vocab\": 20, \"d_vocab_out\": 5, \"act_fn\": \"relu\", \"attn_only\": false,"
                    + " \"normalization_type\": \"LN\", \"attention_dir\": \"causal\", \"eps\": 1e-5,"
                    + " \"use_attn_scale\": true, \"attn_scale\": 2.0}";

    @TempDir
    private Path temporary;

    @Test
    void brokenConfigurationsAreReadOrRefused() {
        List<byte[]> wholes = List.of(
                Wholes.of(Wholes.MODEL.resolve("config.json")),
                Wholes.of(GPT_NEOX),
                Wholes.of(LLAMA),
                Wholes.of(GEMMA),
                Wholes.of(QWEN),
                Wholes.of(MISTRAL),
                Wholes.of(GPT_NEO),
                Wholes.of(OPT),
                Wholes.of(PHI),
                Wholes.of(GPT_J),
                Wholes.of(QWEN_MOE),
                Wholes.of(TRANSFORMER_LENS));
        new Fuzz("config.json", 128 << 20).run(wholes, Wholes.ofJson(), this::read);
    }

    private void read(byte[] input) throws IOException {
        Files.write(temporary.resolve("config.json"), input);
        TransformerConfig config = TransformerConfig.read(temporary);
        WeightLayout.parameters(config);
        config.graph(GraphSpec.DEFAULT);
        config.attention().rotaries().stream().filter(Objects::nonNull).forEach(rotary -> rotary.frequencies(1));
    }
}
