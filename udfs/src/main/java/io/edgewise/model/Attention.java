package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The weights of multi-head attention of one block, with its norm.
 *
 * <p>Axes: {@code b} batch, {@code s} position, {@code d} residual stream, {@code h} head, {@code e} width of a head.
 */
final class Attention {
    private final Norm norm;
    private final int heads;
    private final int headWidth;
    private final double scale;
    private final Linear fused;
    private final NDList perHead;
    private final NDList bias;
    private final Linear output;
    private final NDArray outputPerHead;

    /**
     * @param scale the scores are multiplied by
     * @param fused query, key and value of all heads side by side, {@code [d, 3he]}
     * @param output W_O of all heads one above the other, {@code [he, d]}, with b_O
     */
    Attention(Norm norm, int heads, double scale, Linear fused, Linear output) {
        this.norm = norm;
        this.heads = heads;
        this.scale = scale;
        this.fused = fused;
        this.output = output;
        long width = output.weight().getShape().get(1);
        this.headWidth = (int) (output.weight().getShape().get(0) / heads);
        this.perHead = new NDList();
        for (NDArray weight : fused.weight().split(3, 1)) {
            perHead.add(weight.reshape(width, heads, headWidth).transpose(1, 0, 2));
        }
        this.bias = new NDList();
        for (NDArray one : Objects.requireNonNull(fused.bias()).split(3)) {
            bias.add(one.reshape(heads, 1, headWidth));
        }
        this.outputPerHead = output.weight().reshape(heads, headWidth, width);
    }

    int headCount() {
        return heads;
    }

    /** Query, key and value of every head, side by side, {@code [b, s, 3he]}, all from one input. */
    NDArray project(NDArray input) {
        return fused.apply(norm.apply(input));
    }

    /** Query, key and value, each {@code [b, h, s, e]}, from the projections {@code [b, s, 3he]}. */
    NDList split(NDArray projected) {
        long batch = projected.getShape().get(0);
        long length = projected.getShape().get(1);
        NDArray byKind = projected.reshape(batch, length, 3, heads, headWidth).transpose(2, 0, 3, 1, 4);
        return new NDList(byKind.get(0), byKind.get(1), byKind.get(2));
    }

    /** Query, key and value, each {@code [b, h, s, e]}, where some heads read inputs of their own. */
    NDList split(Heads.Input input) {
        if (input.isShared()) {
            return split(project(input.shared()));
        }
        NDArray shared = norm.apply(input.shared());
        return new NDList(head(0, shared, input.query()), head(1, shared, input.key()), head(2, shared, input.value()));
    }

    private NDArray head(int kind, NDArray sharedNormed, @Nullable NDArray own) {
        NDArray read = own == null ? sharedNormed.expandDims(0) : norm.apply(own);
        Shape shape = read.getShape();
        long batch = shape.get(1);
        long length = shape.get(2);
        NDArray flat = read.reshape(shape.get(0), batch * length, shape.get(3));
        return flat.matMul(perHead.get(kind))
                .add(bias.get(kind))
                .reshape(heads, batch, length, headWidth)
                .transpose(1, 0, 2, 3);
    }

    /** The attention scores, {@code [b, h, from, to]}. */
    NDArray scores(NDArray query, NDArray key) {
        return Scale.by(scale, query.matMul(key.transpose(0, 1, 3, 2)));
    }

    /** What attention adds to the residual stream, {@code [b, s, d]}: all heads and the bias b_O. */
    NDArray write(NDArray mixed) {
        Shape shape = mixed.getShape();
        return output.apply(mixed.transpose(0, 2, 1, 3).reshape(shape.get(0), shape.get(2), (long) heads * headWidth));
    }

    /** What each head adds, {@code [h, b, s, d]}, without b_O. */
    NDArray writePerHead(NDArray mixed) {
        Shape shape = mixed.getShape();
        return mixed.transpose(1, 0, 2, 3)
                .reshape(heads, shape.get(0) * shape.get(2), headWidth)
                .matMul(outputPerHead)
                .reshape(
                        heads,
                        shape.get(0),
                        shape.get(2),
                        output.weight().getShape().get(1));
    }

    /**
     * The gradients at each head's query, key and value input, from those at the projections.
     *
     * @param input what all heads read, {@code [b, s, d]}
     * @param gradient {@code [b, s, 3he]}
     * @return {@code [3h, b, s, d]}: queries, keys, values
     */
    NDArray pullBack(NDArray input, NDArray gradient) {
        long batch = input.getShape().get(0);
        long length = input.getShape().get(1);
        NDArray byKind = gradient.reshape(batch * length, 3, heads, headWidth).transpose(1, 2, 0, 3);
        NDList rows = new NDList();
        for (int kind = 0; kind < 3; kind++) {
            rows.add(byKind.get(kind).matMul(perHead.get(kind).transpose(0, 2, 1)));
        }
        NDArray atNormed = rows.get(0).getNDArrayInternal().concat(rows.subNDList(1), 0);
        return norm.pullBack(
                input,
                atNormed.reshape(3L * heads, batch, length, input.getShape().get(2)));
    }
}
