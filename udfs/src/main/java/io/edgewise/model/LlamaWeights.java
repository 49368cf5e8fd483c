package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.Projections.Layout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Hugging Face's Llama, and the families that share its names: query, key, value and a gated MLP, each a matrix of its own. */
record LlamaWeights(Weights weights) {

    static Map<String, long[]> shapes(TransformerConfig config) {
        long width = config.modelWidth();
        long mlpWidth = config.mlp().width();
        AttentionConfig attention = config.attention();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("embed_tokens.weight", new long[] {config.vocabulary(), width});
        for (int block = 0; block < config.blocks(); block++) {
            String at = "layers." + block + ".";
            norms(config.norm().isAfterToo()).forEach(norm -> shapes.put(at + norm + ".weight", new long[] {width}));
            linear(shapes, at + "self_attn.q_proj", attention.width(), width, attention.hasBias());
            linear(shapes, at + "self_attn.k_proj", attention.keyValueWidth(), width, attention.hasBias());
            linear(shapes, at + "self_attn.v_proj", attention.keyValueWidth(), width, attention.hasBias());
            linear(shapes, at + "self_attn.o_proj", width, attention.width(), attention.hasOutputBias());
            if (attention.normsQueriesAndKeys()) {
                shapes.put(at + "self_attn.q_norm.weight", new long[] {attention.headWidth()});
                shapes.put(at + "self_attn.k_norm.weight", new long[] {attention.headWidth()});
            }
            linear(shapes, at + "mlp.gate_proj", mlpWidth, width, config.mlp().hasBias());
            linear(shapes, at + "mlp.up_proj", mlpWidth, width, config.mlp().hasBias());
            linear(shapes, at + "mlp.down_proj", width, mlpWidth, config.mlp().hasBias());
        }
        shapes.put("norm.weight", new long[] {width});
        if (!config.embedding().isTied()) {
            shapes.put("lm_head.weight", new long[] {config.outputVocabulary(), width});
        }
        return shapes;
    }

    /** Of a block, in the order they come: Gemma 2 has four where others have two, and one name stands for two things. */
    private static List<String> norms(boolean isAfterToo) {
        return isAfterToo
                ? List.of(
                        "input_layernorm",
                        "post_attention_layernorm",
                        "pre_feedforward_layernorm",
                        "post_feedforward_layernorm")
                : List.of("input_layernorm", "post_attention_layernorm");
    }

    private static void linear(Map<String, long[]> shapes, String at, long out, long in, boolean hasBias) {
        shapes.put(at + ".weight", new long[] {out, in});
        if (hasBias) {
            shapes.put(at + ".bias", new long[] {out});
        }
    }

    Decoder decoder() {
        List<Decoder.Block> blocks = IntStream.range(0, weights.config().blocks())
                .mapToObj(block -> block("layers." + block + "."))
                .toList();
        NDArray embedding = weights.load("embed_tokens.weight");
        NDArray unembedding = weights.config().embedding().isTied() ? embedding : weights.load("lm_head.weight");
        return new Decoder(
                weights.config(),
                embedding,
                null,
                blocks,
                weights.norm("norm"),
                new Linear(unembedding.transpose(), null));
    }

    private Decoder.Block block(String at) {
        boolean isAfterToo = weights.config().norm().isAfterToo();
        return new Decoder.Block(
                attention(at, isAfterToo ? after(at + "post_attention_layernorm") : null),
                mlp(
                        at,
                        weights.norm(at + (isAfterToo ? "pre_feedforward_layernorm" : "post_attention_layernorm")),
                        isAfterToo ? after(at + "post_feedforward_layernorm") : null));
    }

    private RmsNorm after(String at) {
        return (RmsNorm) weights.norm(at);
    }

    private Attention attention(String at, @Nullable RmsNorm postNorm) {
        AttentionConfig config = weights.config().attention();
        String own = at + "self_attn.";
        Projections projections = new Projections(
                List.of(
                        weights.transposed(own + "q_proj", config.hasBias()),
                        weights.transposed(own + "k_proj", config.hasBias()),
                        weights.transposed(own + "v_proj", config.hasBias())),
                Layout.BY_KIND,
                List.of(config.heads(), config.keyValueHeads(), config.keyValueHeads()),
                config.headWidth());
        boolean norms = config.normsQueriesAndKeys();
        return new Attention(
                config,
                weights.norm(at + "input_layernorm"),
                projections,
                norms ? weights.norm(own + "q_norm") : null,
                norms ? weights.norm(own + "k_norm") : null,
                weights.transposed(own + "o_proj", config.hasOutputBias()),
                postNorm);
    }

    private Mlp mlp(String at, Norm norm, @Nullable Norm postNorm) {
        boolean hasBias = weights.config().mlp().hasBias();
        return new Mlp(
                norm,
                weights.transposed(at + "mlp.up_proj", hasBias),
                weights.transposed(at + "mlp.gate_proj", hasBias),
                weights.config().mlp().activation(),
                weights.transposed(at + "mlp.down_proj", hasBias),
                postNorm);
    }
}
