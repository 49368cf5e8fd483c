package io.edgewise.model.weights;

import io.edgewise.model.config.AttentionConfig;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.layer.Attention;
import io.edgewise.model.layer.Decoder;
import io.edgewise.model.layer.HeadInputs;
import io.edgewise.model.layer.Mlp;
import io.edgewise.model.layer.Projections;
import io.edgewise.model.layer.Projections.Layout;
import io.edgewise.model.torch.TensorShapes;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Hugging Face's GPT-NeoX, Pythia's family: query, key and value fused head by head, positions by partial rotation, attention and
 * MLP most often parallel.
 */
record GptNeoxWeights(Weights weights) {

    static Map<String, long[]> shapes(TransformerConfig config) {
        long width = config.modelWidth();
        long mlpWidth = config.mlp().width();
        boolean hasBias = config.attention().hasBias();
        TensorShapes shapes = new TensorShapes().add(config.format().embedding(), config.vocabulary(), width);
        for (int block = 0; block < config.blocks(); block++) {
            String at = "layers." + block + ".";
            shapes.norm(at + "input_layernorm", width, true)
                    .linear(at + "attention.query_key_value", 3 * width, width, hasBias)
                    .linear(at + "attention.dense", width, width, hasBias)
                    .norm(at + "post_attention_layernorm", width, true)
                    .linear(at + "mlp.dense_h_to_4h", mlpWidth, width, true)
                    .linear(at + "mlp.dense_4h_to_h", width, mlpWidth, true);
        }
        shapes.norm("final_layer_norm", width, true);
        if (!config.embedding().isTied()) {
            shapes.add(config.format().unembedding(), config.outputVocabulary(), width);
        }
        return shapes.all();
    }

    Decoder decoder() {
        return weights.decoder(at -> block("layers." + at), "final_layer_norm");
    }

    private Decoder.Block block(String layer) {
        String at = layer + ".";
        AttentionConfig config = weights.config().attention();
        HeadInputs inputs = weights.headInputs(
                weights.norm(at + "input_layernorm"),
                () -> new Projections(
                        List.of(weights.transposed(at + "attention.query_key_value", config.hasBias())),
                        Layout.BY_HEAD,
                        Collections.nCopies(3, config.heads()),
                        config.headWidth()));
        Attention attention = new Attention(
                config,
                inputs.norm(),
                inputs.projections(),
                null,
                null,
                weights.transposed(at + "attention.dense", config.hasOutputBias()),
                null);
        Mlp mlp = new Mlp(
                weights.norm(at + "post_attention_layernorm"),
                weights.transposed(at + "mlp.dense_h_to_4h", true),
                null,
                weights.config().mlp().activation(),
                weights.transposed(at + "mlp.dense_4h_to_h", true),
                null);
        return new Decoder.Block(attention, mlp);
    }
}
