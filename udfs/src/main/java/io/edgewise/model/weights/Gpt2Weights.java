package io.edgewise.model.weights;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.config.AttentionConfig;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.layer.Attention;
import io.edgewise.model.layer.Decoder;
import io.edgewise.model.layer.HeadInputs;
import io.edgewise.model.layer.Mlp;
import io.edgewise.model.layer.Projections;
import io.edgewise.model.layer.Projections.Layout;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Hugging Face's GPT-2: weights {@code [in, out]}, query, key and value fused, the unembedding most often tied to the embedding. */
record Gpt2Weights(Weights weights) {

    static Map<String, long[]> shapes(TransformerConfig config) {
        long width = config.modelWidth();
        long mlpWidth = config.mlp().width();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put(config.format().embedding(), new long[] {config.vocabulary(), width});
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
        if (!config.embedding().isTied()) {
            shapes.put(config.format().unembedding(), new long[] {config.outputVocabulary(), width});
        }
        return shapes;
    }

    Decoder decoder() {
        NDArray embedding = weights.embedding();
        List<Decoder.Block> blocks = IntStream.range(0, weights.config().blocks())
                .mapToObj(this::block)
                .toList();
        return new Decoder(
                weights.config(),
                embedding,
                weights.load("wpe.weight"),
                blocks,
                weights.norm("ln_f"),
                weights.unembedding(embedding));
    }

    private Decoder.Block block(int block) {
        String at = "h." + block + ".";
        AttentionConfig config = weights.config().attention().ofBlock(block);
        HeadInputs inputs = weights.headInputs(
                weights.norm(at + "ln_1"),
                () -> new Projections(
                        List.of(weights.direct(at + "attn.c_attn")),
                        Layout.BY_KIND,
                        Collections.nCopies(3, config.heads()),
                        config.headWidth()));
        Attention attention = new Attention(
                config, inputs.norm(), inputs.projections(), null, null, weights.direct(at + "attn.c_proj"), null);
        Mlp mlp = new Mlp(
                weights.norm(at + "ln_2"),
                weights.direct(at + "mlp.c_fc"),
                null,
                weights.config().mlp().activation(),
                weights.direct(at + "mlp.c_proj"),
                null);
        return new Decoder.Block(attention, mlp);
    }
}
