package io.edgewise.model.weights;

import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.config.TransformerConfig.BlockLayout;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names of a block's norms in the families that share Llama's names; null for none. {@code post_attention_layernorm} is the MLP's where
 * only what is read is normed, and else attention's.
 */
record LlamaNorms(
        @Nullable String beforeAttention,
        @Nullable String afterAttention,
        @Nullable String beforeMlp,
        @Nullable String afterMlp) {

    static LlamaNorms of(TransformerConfig config) {
        String first = "input_layernorm";
        String second = "post_attention_layernorm";
        return switch (config.norm().place()) {
            case BEFORE -> new LlamaNorms(first, null, config.layout() == BlockLayout.PARALLEL ? first : second, null);
            case BEFORE_AND_AFTER ->
                new LlamaNorms(first, second, "pre_feedforward_layernorm", "post_feedforward_layernorm");
            case AFTER -> new LlamaNorms(null, second, null, "post_feedforward_layernorm");
        };
    }

    /** All, in order. */
    List<String> names() {
        return Stream.of(beforeAttention, afterAttention, beforeMlp, afterMlp)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
