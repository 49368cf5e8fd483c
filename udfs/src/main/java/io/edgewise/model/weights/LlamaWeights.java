package io.edgewise.model.weights;

import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.edgewise.model.config.AttentionConfig;
import io.edgewise.model.config.CheckpointFormat;
import io.edgewise.model.config.MixtureConfig;
import io.edgewise.model.config.NormConfig;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.layer.Attention;
import io.edgewise.model.layer.Decoder;
import io.edgewise.model.layer.FeedForward;
import io.edgewise.model.layer.HeadInputs;
import io.edgewise.model.layer.HeadsNorm;
import io.edgewise.model.layer.Linear;
import io.edgewise.model.layer.Mlp;
import io.edgewise.model.layer.NoNorm;
import io.edgewise.model.layer.Norm;
import io.edgewise.model.layer.Projections;
import io.edgewise.model.torch.TensorShapes;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Hugging Face's Llama, and the families that share its names: query, key, value and a gated MLP, each a matrix of its own; in Phi-3 one
 * above the other in one matrix.
 */
record LlamaWeights(Weights weights) {

    static Map<String, long[]> shapes(TransformerConfig config) {
        long width = config.modelWidth();
        TensorShapes shapes = new TensorShapes().add(config.format().embedding(), config.vocabulary(), width);
        boolean hasNormBias = config.norm().type() == NormConfig.Type.LAYER_NORM;
        for (int block = 0; block < config.blocks(); block++) {
            String at = "layers." + block + ".";
            LlamaNorms.of(config).names().forEach(norm -> shapes.norm(at + norm, width, hasNormBias));
            addAttention(shapes, at + "self_attn.", config);
            MixtureConfig mixture = config.mlp().mixture(block);
            if (mixture == null) {
                addMlp(shapes, at + "mlp.", config);
            } else {
                MixtureWeights.named(config).addShapes(shapes, at, mixture, config.modelWidth());
            }
        }
        shapes.norm("norm", width, hasNormBias);
        if (!config.embedding().isTied()) {
            shapes.add(config.format().unembedding(), config.outputVocabulary(), width);
        }
        return shapes.all();
    }

    private static void addAttention(TensorShapes shapes, String at, TransformerConfig config) {
        long width = config.modelWidth();
        AttentionConfig attention = config.attention();
        if (isFused(config)) {
            shapes.linear(at + "qkv_proj", attention.width() + 2L * attention.keyValueWidth(), width, false);
        } else {
            shapes.linear(at + "q_proj", attention.width(), width, attention.hasBias())
                    .linear(at + "k_proj", attention.keyValueWidth(), width, attention.hasBias())
                    .linear(at + "v_proj", attention.keyValueWidth(), width, attention.hasBias());
        }
        shapes.linear(at + "o_proj", width, attention.width(), attention.hasOutputBias());
        switch (attention.queryKeyNorms()) {
            case NONE -> {}
            case EACH_HEAD ->
                shapes.norm(at + "q_norm", attention.headWidth(), false)
                        .norm(at + "k_norm", attention.headWidth(), false);
            case LAYER_NORM_OF_EACH_HEAD -> {
                for (int head = 0; head < attention.heads(); head++) {
                    shapes.norm(ofHead(at + "q_layernorm", head), attention.headWidth(), false);
                }
                for (int head = 0; head < attention.keyValueHeads(); head++) {
                    shapes.norm(ofHead(at + "k_layernorm", head), attention.headWidth(), false);
                }
            }
            case ALL_HEADS ->
                shapes.norm(at + "q_norm", attention.width(), false)
                        .norm(at + "k_norm", attention.keyValueWidth(), false);
        }
    }

    private static void addMlp(TensorShapes shapes, String at, TransformerConfig config) {
        long width = config.modelWidth();
        long mlpWidth = config.mlp().width();
        boolean hasBias = config.mlp().hasBias();
        if (isFused(config)) {
            shapes.linear(at + "gate_up_proj", 2 * mlpWidth, width, false);
        } else {
            shapes.linear(at + "gate_proj", mlpWidth, width, hasBias).linear(at + "up_proj", mlpWidth, width, hasBias);
        }
        shapes.linear(at + "down_proj", width, mlpWidth, hasBias);
    }

    private static boolean isFused(TransformerConfig config) {
        return config.format() == CheckpointFormat.PHI3;
    }

    private static String ofHead(String norms, int head) {
        return norms + ".norms." + head;
    }

    Decoder decoder() {
        return weights.decoder(this::block, "norm");
    }

    private Decoder.Block block(int block) {
        String at = "layers." + block + ".";
        LlamaNorms norms = LlamaNorms.of(weights.config());
        return new Decoder.Block(
                attention(at + "self_attn.", before(at, norms.beforeAttention()), after(at, norms.afterAttention())),
                feedForward(block, at, before(at, norms.beforeMlp()), after(at, norms.afterMlp())));
    }

    private Norm before(String at, @Nullable String name) {
        return name == null ? new NoNorm() : weights.norm(at + name);
    }

    private @Nullable Norm after(String at, @Nullable String name) {
        return name == null ? null : weights.norm(at + name);
    }

    private Attention attention(String at, Norm norm, @Nullable Norm postNorm) {
        AttentionConfig config = weights.config().attention();
        HeadInputs inputs = weights.headInputs(norm, () -> projections(at));
        return new Attention(
                config,
                inputs.norm(),
                inputs.projections(),
                headNorm(at + "q", config.heads()),
                headNorm(at + "k", config.keyValueHeads()),
                weights.writing(at + "o_proj", config.hasOutputBias()),
                postNorm);
    }

    private Projections projections(String at) {
        AttentionConfig config = weights.config().attention();
        return isFused(weights.config())
                ? weights.projections(
                        weights.fused(at + "qkv_proj", config.width(), config.keyValueWidth(), config.keyValueWidth()))
                : weights.projections(at);
    }

    /** The norm of queries or keys. */
    private @Nullable Norm headNorm(String at, int heads) {
        AttentionConfig config = weights.config().attention();
        double epsilon = weights.config().norm().epsilon();
        return switch (config.queryKeyNorms()) {
            case NONE -> null;
            case EACH_HEAD -> weights.norm(at + "_norm");
            case LAYER_NORM_OF_EACH_HEAD -> {
                NDList all = new NDList(IntStream.range(0, heads)
                        .mapToObj(head -> weights.load(ofHead(at + "_layernorm", head) + ".weight"))
                        .toList());
                yield new HeadsNorm(NDArrays.stack(all).expandDims(1), false, true, epsilon);
            }
            case ALL_HEADS ->
                new HeadsNorm(
                        weights.load(at + "_norm.weight").reshape(heads, 1, config.headWidth()), true, false, epsilon);
        };
    }

    private FeedForward feedForward(int block, String at, Norm norm, @Nullable Norm postNorm) {
        MixtureConfig mixture = weights.config().mlp().mixture(block);
        return mixture == null
                ? mlp(at + "mlp.", norm, postNorm)
                : MixtureWeights.named(weights.config()).load(weights, at, mixture, norm);
    }

    private Mlp mlp(String at, Norm norm, @Nullable Norm postNorm) {
        boolean hasBias = weights.config().mlp().hasBias();
        int width = weights.config().mlp().width();
        List<Linear> gateAndInput = isFused(weights.config())
                ? weights.fused(at + "gate_up_proj", width, width)
                : List.of(weights.transposed(at + "gate_proj", hasBias), weights.transposed(at + "up_proj", hasBias));
        return new Mlp(
                norm,
                gateAndInput.get(1),
                gateAndInput.get(0),
                weights.config().mlp().activation(),
                weights.writing(at + "down_proj", hasBias),
                postNorm);
    }
}
