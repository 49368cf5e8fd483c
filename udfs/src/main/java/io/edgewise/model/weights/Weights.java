package io.edgewise.model.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.config.AttentionConfig;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.layer.Decoder;
import io.edgewise.model.layer.HeadInputs;
import io.edgewise.model.layer.LayerNorm;
import io.edgewise.model.layer.Linear;
import io.edgewise.model.layer.NoNorm;
import io.edgewise.model.layer.Norm;
import io.edgewise.model.layer.Projections;
import io.edgewise.model.layer.RmsNorm;
import io.edgewise.model.torch.ComputeType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads weights into a decoder.
 *
 * @param manager owns what is loaded
 * @param type of the matrices; biases, norms and learned positions are float32
 */
public record Weights(WeightSource source, NDManager manager, ComputeType type) {

    TransformerConfig config() {
        return source.config();
    }

    NDArray load(String name) {
        return source.load(manager, name);
    }

    /** A matrix, in the type of the matrices. */
    NDArray matrix(String name) {
        return type.matrix(load(name));
    }

    /**
     * A decoder without learned positions, whose weights are named and laid out as PyTorch's modules have them.
     *
     * @param block makes the block of an index
     */
    Decoder decoder(IntFunction<Decoder.Block> block, String norm) {
        NDArray embedding = embedding();
        return new Decoder(config(), embedding, null, blocks(block), norm(norm), unembedding(embedding));
    }

    /** All blocks, each made from its index. */
    List<Decoder.Block> blocks(IntFunction<Decoder.Block> block) {
        return IntStream.range(0, config().blocks()).mapToObj(block).toList();
    }

    /** The embedding of tokens. */
    NDArray embedding() {
        return matrix(config().format().embedding());
    }

    /** The unembedding of a model whose matrices lie as PyTorch's do: the embedding, where it serves for both. */
    Linear unembedding(NDArray embedding) {
        return unembedding(embedding, null);
    }

    /** The same, with a bias. */
    Linear unembedding(NDArray embedding, @Nullable NDArray bias) {
        NDArray matrix = config().embedding().isTied()
                ? embedding
                : matrix(config().format().unembedding());
        return new Linear(matrix.transpose(), bias);
    }

    /** A projection whose matrix lies as {@code [out, in]}, as PyTorch's do. */
    Linear transposed(String at, boolean hasBias) {
        return new Linear(matrix(at + ".weight").transpose(), bias(at, hasBias));
    }

    /** Queries, keys and values, each with a matrix of its own. */
    Projections projections(String at) {
        return projections(Stream.of("q_proj", "k_proj", "v_proj")
                .map(kind -> transposed(at + kind, config().attention().hasBias()))
                .toList());
    }

    /** @param kinds the matrices of queries, keys and values */
    Projections projections(List<Linear> kinds) {
        AttentionConfig attention = config().attention();
        return new Projections(
                kinds,
                Projections.Layout.BY_KIND,
                List.of(attention.heads(), attention.keyValueHeads(), attention.keyValueHeads()),
                attention.headWidth());
    }

    /** A projection whose matrix lies as {@code [in, out]}. */
    Linear direct(String at) {
        return new Linear(matrix(at + ".weight"), bias(at, true));
    }

    /** A projection whose matrix lies as {@code [out, in]} and that writes to the residual stream. */
    Linear writing(String at, boolean hasBias) {
        double scale = config().writeScale();
        if (scale == 1) {
            return transposed(at, hasBias);
        }
        NDArray matrix = type.matrix(scaled(at + ".weight", scale));
        return new Linear(matrix.transpose(), hasBias ? scaled(at + ".bias", scale) : null);
    }

    private NDArray scaled(String name, double scale) {
        try (NDArray weight = load(name)) {
            return weight.mul(scale);
        }
    }

    /** Projections whose matrices, {@code [out, in]}, lie one above the other in one tensor. */
    List<Linear> fused(String at, int... outs) {
        NDArray all = load(at + ".weight");
        List<Linear> parts = new ArrayList<>();
        int first = 0;
        for (int out : outs) {
            parts.add(
                    new Linear(type.matrix(all.get("{}:{}", first, first + out)).transpose(), null));
            first += out;
        }
        if (type != ComputeType.FLOAT32) {
            all.close();
        }
        return parts;
    }

    private @Nullable NDArray bias(String at, boolean hasBias) {
        return hasBias ? load(at + ".bias") : null;
    }

    /**
     * How heads read the residual stream. In 16 bits the norm's gain stays with the norm: in the projections it would be rounded once more.
     *
     * @param projections loads them
     */
    HeadInputs headInputs(Norm norm, Supplier<Projections> projections) {
        return type == ComputeType.FLOAT32
                ? HeadInputs.folded(norm, projections)
                : new HeadInputs(norm, projections.get());
    }

    /** A norm over {@code width} dimensions, with the names of its weight and bias. */
    Norm norm(String weight, String bias, int width) {
        double epsilon = config().norm().epsilon();
        return switch (config().norm().type()) {
            case LAYER_NORM -> new LayerNorm(load(weight), load(bias), epsilon);
            case LAYER_NORM_FOLDED ->
                new LayerNorm(manager.ones(new Shape(width)), manager.zeros(new Shape(width)), epsilon);
            case RMS -> new RmsNorm(load(weight), epsilon);
            case RMS_PLUS_ONE -> new RmsNorm(load(weight).add(1), epsilon);
            case NONE -> new NoNorm();
        };
    }

    Norm norm(String at) {
        return norm(at + ".weight", at + ".bias", config().modelWidth());
    }
}
