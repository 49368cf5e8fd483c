package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.edgewise.InputException;
import io.edgewise.model.TransformerConfig.NormType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Hugging Face's GPT-2: weights {@code [in, out]}, query, key and value fused, the unembedding tied to the embedding. */
record Gpt2Weights(Checkpoint checkpoint, NDManager manager) {

    static TransformerConfig config(ConfigJson json) {
        json.require("activation_function", "gelu_new");
        json.require("scale_attn_weights", "true");
        json.require("scale_attn_by_inverse_layer_idx", "false");
        json.require("add_cross_attention", "false");
        json.require("tie_word_embeddings", "true");
        int width = json.size("n_embd");
        int heads = json.count("n_head");
        if (width % heads != 0) {
            throw new InputException("n_embd must be a multiple of n_head, got " + width + " and " + heads);
        }
        int vocabulary = json.size("vocab_size");
        return new TransformerConfig(
                CheckpointFormat.GPT2,
                json.count("n_layer"),
                heads,
                width / heads,
                width,
                json.has("n_inner") ? json.size("n_inner") : Math.multiplyExact(4, width),
                vocabulary,
                vocabulary,
                json.size("n_positions"),
                NormType.LAYER_NORM,
                json.positive("layer_norm_epsilon", 1e-5),
                Activation.GELU_NEW,
                AttentionDirection.CAUSAL,
                1 / Math.sqrt((double) width / heads));
    }

    static Map<String, long[]> shapes(TransformerConfig config) {
        long width = config.modelWidth();
        long mlpWidth = config.mlpWidth();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("wte.weight", new long[] {config.vocabulary(), width});
        shapes.put("wpe.weight", new long[] {config.positions(), width});
        for (int block = 0; block < config.blocks(); block++) {
            String h = "h." + block + ".";
            shapes.put(h + "ln_1.weight", new long[] {width});
            shapes.put(h + "ln_1.bias", new long[] {width});
            shapes.put(h + "attn.c_attn.weight", new long[] {width, 3 * width});
            shapes.put(h + "attn.c_attn.bias", new long[] {3 * width});
            shapes.put(h + "attn.c_proj.weight", new long[] {width, width});
            shapes.put(h + "attn.c_proj.bias", new long[] {width});
            shapes.put(h + "ln_2.weight", new long[] {width});
            shapes.put(h + "ln_2.bias", new long[] {width});
            shapes.put(h + "mlp.c_fc.weight", new long[] {width, mlpWidth});
            shapes.put(h + "mlp.c_fc.bias", new long[] {mlpWidth});
            shapes.put(h + "mlp.c_proj.weight", new long[] {mlpWidth, width});
            shapes.put(h + "mlp.c_proj.bias", new long[] {width});
        }
        shapes.put("ln_f.weight", new long[] {width});
        shapes.put("ln_f.bias", new long[] {width});
        return shapes;
    }

    Decoder decoder() {
        NDArray tokenEmbedding = checkpoint.load(manager, "wte.weight");
        List<Decoder.Block> blocks = IntStream.range(0, checkpoint.config().blocks())
                .mapToObj(block -> block("h." + block + "."))
                .toList();
        return new Decoder(
                checkpoint.config().direction(),
                tokenEmbedding,
                checkpoint.load(manager, "wpe.weight"),
                blocks,
                norm("ln_f"),
                new Linear(tokenEmbedding.transpose(), null));
    }

    private Decoder.Block block(String at) {
        TransformerConfig config = checkpoint.config();
        Attention attention = new Attention(
                norm(at + "ln_1"),
                config.heads(),
                config.attentionScale(),
                linear(at + "attn.c_attn"),
                linear(at + "attn.c_proj"));
        Mlp mlp = new Mlp(norm(at + "ln_2"), linear(at + "mlp.c_fc"), config.activation(), linear(at + "mlp.c_proj"));
        return new Decoder.Block(attention, mlp);
    }

    private Linear linear(String at) {
        return new Linear(checkpoint.load(manager, at + ".weight"), checkpoint.load(manager, at + ".bias"));
    }

    private Norm norm(String at) {
        return new LayerNorm(
                checkpoint.load(manager, at + ".weight"),
                checkpoint.load(manager, at + ".bias"),
                checkpoint.config().normEpsilon());
    }
}
