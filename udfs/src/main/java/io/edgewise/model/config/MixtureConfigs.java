package io.edgewise.model.config;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads the configurations of Llama's relatives with mixtures of experts: Mixtral, and Qwen 2 and 3 of that kind. */
final class MixtureConfigs {
    private MixtureConfigs() {}

    static TransformerConfig mixtral(ConfigJson json) {
        int experts = json.count("num_local_experts");
        MixtureConfig mixture = new MixtureConfig(
                experts,
                json.count("num_experts_per_tok"),
                json.size("intermediate_size"),
                true,
                0,
                Collections.nCopies(json.count("num_hidden_layers"), true));
        return LlamaConfigs.mistral(json).with("mixtral", CheckpointFormat.MIXTRAL, mixture);
    }

    static TransformerConfig qwen2(ConfigJson json) {
        if (json.flag("use_sliding_window")) {
            throw json.wrong("use_sliding_window", "false: transformers 4 and 5 have the window in different blocks");
        }
        if (json.has("head_dim") && json.size("head_dim") != json.quotient("hidden_size", "num_attention_heads")) {
            throw json.wrong("head_dim", "hidden_size / num_attention_heads, or null: transformers 4 reads no other");
        }
        return LlamaConfigs.qwen2(json, json.flag("qkv_bias"), SlidingWindows.typesAlone(json))
                .with("qwen2_moe", CheckpointFormat.LLAMA, qwen(json, json.size("shared_expert_intermediate_size")));
    }

    static TransformerConfig qwen3(ConfigJson json) {
        return LlamaConfigs.qwen3(json, SlidingWindows.whereUsed(json))
                .with("qwen3_moe", CheckpointFormat.LLAMA, qwen(json, 0));
    }

    /** Null where no block has a mixture. */
    private static @Nullable MixtureConfig qwen(ConfigJson json, int sharedWidth) {
        int experts = json.whole("num_experts", 0, 10_000);
        int step = json.count("decoder_sparse_step");
        Set<Integer> without = new HashSet<>();
        json.json().path("mlp_only_layers").forEach(block -> without.add(block.asInt(-1)));
        List<Boolean> blocks = IntStream.range(0, json.count("num_hidden_layers"))
                .mapToObj(block -> (block + 1) % step == 0 && !without.contains(block))
                .toList();
        return experts == 0
                ? null
                : new MixtureConfig(
                        experts,
                        json.count("num_experts_per_tok"),
                        json.size("moe_intermediate_size"),
                        json.flag("norm_topk_prob"),
                        sharedWidth,
                        blocks);
    }
}
