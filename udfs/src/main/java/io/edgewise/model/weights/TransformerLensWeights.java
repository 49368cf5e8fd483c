package io.edgewise.model.weights;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.config.AttentionConfig;
import io.edgewise.model.config.NormConfig;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.layer.Attention;
import io.edgewise.model.layer.Decoder;
import io.edgewise.model.layer.HeadInputs;
import io.edgewise.model.layer.Linear;
import io.edgewise.model.layer.Mlp;
import io.edgewise.model.layer.Norm;
import io.edgewise.model.layer.Projections;
import io.edgewise.model.layer.Projections.Layout;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * TransformerLens' {@code HookedTransformer}, of attention alone or with MLPs, as it writes compiled and small trained
 * models: weights of queries, keys and values by head, {@code [head, d_model, d_head]}, and of the output {@code [head, d_head,
 * d_model]}.
 */
record TransformerLensWeights(Weights weights) {

    static Map<String, long[]> shapes(TransformerConfig config) {
        long heads = config.heads();
        long width = config.modelWidth();
        long headWidth = config.attention().headWidth();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("embed.W_E", new long[] {config.vocabulary(), width});
        shapes.put("pos_embed.W_pos", new long[] {config.positions(), width});
        for (int block = 0; block < config.blocks(); block++) {
            String at = "blocks." + block + ".";
            norm(shapes, config, at + "ln1");
            for (String kind : List.of("Q", "K", "V")) {
                shapes.put(at + "attn.W_" + kind, new long[] {heads, width, headWidth});
                shapes.put(at + "attn.b_" + kind, new long[] {heads, headWidth});
            }
            shapes.put(at + "attn.W_O", new long[] {heads, headWidth, width});
            shapes.put(at + "attn.b_O", new long[] {width});
            if (config.hasMlps()) {
                norm(shapes, config, at + "ln2");
                shapes.put(at + "mlp.W_in", new long[] {width, config.mlp().width()});
                shapes.put(at + "mlp.b_in", new long[] {config.mlp().width()});
                shapes.put(at + "mlp.W_out", new long[] {config.mlp().width(), width});
                shapes.put(at + "mlp.b_out", new long[] {width});
            }
        }
        norm(shapes, config, "ln_final");
        shapes.put("unembed.W_U", new long[] {width, config.outputVocabulary()});
        shapes.put("unembed.b_U", new long[] {config.outputVocabulary()});
        return shapes;
    }

    private static void norm(Map<String, long[]> shapes, TransformerConfig config, String at) {
        if (config.norm().type() == NormConfig.Type.LAYER_NORM) {
            shapes.put(at + ".w", new long[] {config.modelWidth()});
            shapes.put(at + ".b", new long[] {config.modelWidth()});
        }
    }

    Decoder decoder() {
        List<Decoder.Block> blocks = IntStream.range(0, weights.config().blocks())
                .mapToObj(block -> block("blocks." + block + "."))
                .toList();
        return new Decoder(
                weights.config(),
                weights.matrix("embed.W_E"),
                weights.load("pos_embed.W_pos"),
                blocks,
                norm("ln_final"),
                linear("unembed.W_U", "unembed.b_U"));
    }

    private Decoder.Block block(String at) {
        TransformerConfig config = weights.config();
        AttentionConfig heads = config.attention();
        NDArray output = weights.matrix(at + "attn.W_O").reshape(heads.width(), config.modelWidth());
        HeadInputs inputs = weights.headInputs(
                norm(at + "ln1"),
                () -> new Projections(
                        List.of(projection(at, "Q"), projection(at, "K"), projection(at, "V")),
                        Layout.BY_KIND,
                        Collections.nCopies(3, heads.heads()),
                        heads.headWidth()));
        Attention attention = new Attention(
                heads,
                inputs.norm(),
                inputs.projections(),
                null,
                null,
                new Linear(output, weights.load(at + "attn.b_O")),
                null);
        return new Decoder.Block(attention, config.hasMlps() ? mlp(at) : null);
    }

    /** All heads side by side, {@code [d_model, head * d_head]}. */
    private Linear projection(String at, String kind) {
        int width = weights.config().attention().width();
        NDArray matrix = weights.matrix(at + "attn.W_" + kind)
                .transpose(1, 0, 2)
                .reshape(weights.config().modelWidth(), width);
        return new Linear(matrix, weights.load(at + "attn.b_" + kind).reshape(width));
    }

    private Mlp mlp(String at) {
        return new Mlp(
                norm(at + "ln2"),
                linear(at + "mlp.W_in", at + "mlp.b_in"),
                null,
                weights.config().mlp().activation(),
                linear(at + "mlp.W_out", at + "mlp.b_out"),
                null);
    }

    private Linear linear(String weight, String bias) {
        return new Linear(weights.matrix(weight), weights.load(bias));
    }

    private Norm norm(String at) {
        return weights.norm(at + ".w", at + ".b", weights.config().modelWidth());
    }
}
