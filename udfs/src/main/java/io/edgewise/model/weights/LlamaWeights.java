package io.edgewise.model.weights;

import io.edgewise.model.config.AttentionConfig;
import io.edgewise.model.config.MixtureConfig;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.layer.Attention;
import io.edgewise.model.layer.Decoder;
import io.edgewise.model.layer.FeedForward;
import io.edgewise.model.layer.Mlp;
import io.edgewise.model.layer.Norm;
import io.edgewise.model.layer.Projections;
import io.edgewise.model.layer.Projections.Layout;
import io.edgewise.model.layer.RmsNorm;
import io.edgewise.model.torch.TensorShapes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hugging Face's Llama, and the families that share its names: query, key, value and a gated MLP, each a matrix of its own. */
record LlamaWeights(Weights weights) {

    static Map<String, long[]> shapes(TransformerConfig config) {
        long width = config.modelWidth();
        long mlpWidth = config.mlp().width();
        AttentionConfig attention = config.attention();
        TensorShapes shapes = new TensorShapes().add(config.format().embedding(), config.vocabulary(), width);
        for (int block = 0; block < config.blocks(); block++) {
            String at = "layers." + block + ".";
            norms(config.norm().isAfterToo()).forEach(norm -> shapes.norm(at + norm, width, false));
            shapes.linear(at + "self_attn.q_proj", attention.width(), width, attention.hasBias())
                    .linear(at + "self_attn.k_proj", attention.keyValueWidth(), width, attention.hasBias())
                    .linear(at + "self_attn.v_proj", attention.keyValueWidth(), width, attention.hasBias())
                    .linear(at + "self_attn.o_proj", width, attention.width(), attention.hasOutputBias());
            if (attention.normsQueriesAndKeys()) {
                shapes.norm(at + "self_attn.q_norm", attention.headWidth(), false)
                        .norm(at + "self_attn.k_norm", attention.headWidth(), false);
            }
            MixtureConfig mixture = config.mlp().mixture(block);
            if (mixture != null) {
                MixtureWeights.named(config).addShapes(shapes, at, mixture, config.modelWidth());
                continue;
            }
            shapes.linear(at + "mlp.gate_proj", mlpWidth, width, config.mlp().hasBias())
                    .linear(at + "mlp.up_proj", mlpWidth, width, config.mlp().hasBias())
                    .linear(at + "mlp.down_proj", width, mlpWidth, config.mlp().hasBias());
        }
        shapes.norm("norm", width, false);
        if (!config.embedding().isTied()) {
            shapes.add(config.format().unembedding(), config.outputVocabulary(), width);
        }
        return shapes.all();
    }

    /** The names of a block's norms, in their order. Gemma 2 has four where others have two, and one name has another meaning there. */
    private static List<String> norms(boolean isAfterToo) {
        return isAfterToo
                ? List.of(
                        "input_layernorm",
                        "post_attention_layernorm",
                        "pre_feedforward_layernorm",
                        "post_feedforward_layernorm")
                : List.of("input_layernorm", "post_attention_layernorm");
    }

    Decoder decoder() {
        return weights.decoder(this::block, "norm");
    }

    private Decoder.Block block(int block) {
        String at = "layers." + block + ".";
        boolean isAfterToo = weights.config().norm().isAfterToo();
        return new Decoder.Block(
                attention(at, isAfterToo ? after(at + "post_attention_layernorm") : null),
                feedForward(
                        block,
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

    private FeedForward feedForward(int block, String at, Norm norm, @Nullable Norm postNorm) {
        MixtureConfig mixture = weights.config().mlp().mixture(block);
        return mixture == null
                ? mlp(at, norm, postNorm)
                : MixtureWeights.named(weights.config()).load(weights, at, mixture, norm);
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
