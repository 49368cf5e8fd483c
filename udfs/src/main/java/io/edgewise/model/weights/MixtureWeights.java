package io.edgewise.model.weights;

import io.edgewise.model.config.CheckpointFormat;
import io.edgewise.model.config.MixtureConfig;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.layer.Mixture;
import io.edgewise.model.layer.Mlp;
import io.edgewise.model.layer.NoNorm;
import io.edgewise.model.layer.Norm;
import io.edgewise.model.torch.TensorShapes;
import java.util.stream.IntStream;

/**
 * A block's mixture of experts, as Mixtral and Qwen name it.
 *
 * @param of what the names begin with, in the block
 * @param gate an expert's projection with the activation
 * @param up its other projection
 */
record MixtureWeights(String of, String gate, String up, String down) {
    private static final MixtureWeights MIXTRAL = new MixtureWeights("block_sparse_moe.", "w1", "w3", "w2");
    private static final MixtureWeights QWEN = new MixtureWeights("mlp.", "gate_proj", "up_proj", "down_proj");

    static MixtureWeights named(TransformerConfig config) {
        return config.format() == CheckpointFormat.MIXTRAL ? MIXTRAL : QWEN;
    }

    /** @param block what the names of the block's weights begin with */
    void addShapes(TensorShapes shapes, String block, MixtureConfig mixture, int modelWidth) {
        String at = block + of;
        shapes.linear(at + "gate", mixture.experts(), modelWidth, false);
        for (int expert = 0; expert < mixture.experts(); expert++) {
            addShapes(shapes, at + "experts." + expert + ".", modelWidth, mixture.width());
        }
        if (mixture.sharedWidth() > 0) {
            addShapes(shapes, at + "shared_expert.", modelWidth, mixture.sharedWidth());
            shapes.linear(at + "shared_expert_gate", 1, modelWidth, false);
        }
    }

    private void addShapes(TensorShapes shapes, String at, long modelWidth, long width) {
        shapes.linear(at + gate, width, modelWidth, false)
                .linear(at + up, width, modelWidth, false)
                .linear(at + down, modelWidth, width, false);
    }

    Mixture load(Weights weights, String block, MixtureConfig mixture, Norm norm) {
        String at = block + of;
        return new Mixture(
                norm,
                weights.transposed(at + "gate", false),
                IntStream.range(0, mixture.experts())
                        .mapToObj(expert -> expert(weights, at + "experts." + expert + "."))
                        .toList(),
                mixture.chosen(),
                mixture.normalizes(),
                mixture.sharedWidth() == 0
                        ? null
                        : new Mixture.Shared(
                                expert(weights, at + "shared_expert."),
                                weights.transposed(at + "shared_expert_gate", false)));
    }

    private Mlp expert(Weights weights, String at) {
        return new Mlp(
                new NoNorm(),
                weights.transposed(at + up, false),
                weights.transposed(at + gate, false),
                weights.config().mlp().activation(),
                weights.transposed(at + down, false),
                null);
    }
}
