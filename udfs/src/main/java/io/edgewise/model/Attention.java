package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The weights of multi-head attention of one block, with its norms.
 *
 * <p>Axes: {@code b} batch, {@code s} position, {@code d} residual stream, {@code h} query head, {@code e} width of a head.
 * Keys and values have as many heads, or fewer, which neighbouring query heads share.
 *
 * @param norm of what is read
 * @param queryNorm of each head's query; null for none
 * @param keyNorm of each head's key; null for none
 * @param output W_O of all heads one above the other, {@code [he, d]}, with b_O
 * @param postNorm of what is written; null for none
 */
record Attention(
        AttentionConfig config,
        Norm norm,
        Projections projections,
        @Nullable Norm queryNorm,
        @Nullable Norm keyNorm,
        Linear output,
        @Nullable RmsNorm postNorm) {

    /**
     * Queries, keys and values side by side, all from one input.
     *
     * @param keyValueHeads how many heads keys and values are given for: at most the query heads
     * @return {@code [b, s, (h + 2 keyValueHeads) e]}
     */
    NDArray project(NDArray input, int keyValueHeads) {
        NDArray compact = projections.apply(norm.apply(input));
        if (keyValueHeads == config.keyValueHeads()) {
            return compact;
        }
        NDList parts = split(compact);
        Shape shape = compact.getShape();
        NDList flat = new NDList();
        for (NDArray part : new NDList(parts.get(0), repeat(parts.get(1), 1), repeat(parts.get(2), 1))) {
            flat.add(part.transpose(0, 2, 1, 3).reshape(shape.get(0), shape.get(1), -1));
        }
        return flat.get(0).getNDArrayInternal().concat(flat.subNDList(1), 2);
    }

    /** Query {@code [b, h, s, e]}, key and value, each of as many heads as there are, from the projections. */
    NDList split(NDArray projected) {
        Shape shape = projected.getShape();
        long queries = config.width();
        long keys = (shape.get(2) - queries) / 2;
        NDList split = new NDList();
        for (NDArray part : projected.split(new long[] {queries, queries + keys}, 2)) {
            split.add(part.reshape(shape.get(0), shape.get(1), -1, config.headWidth())
                    .transpose(0, 2, 1, 3));
        }
        return split;
    }

    /** Query, key and value, where some heads read inputs of their own. */
    NDList split(Heads.Input input) {
        if (input.isShared()) {
            return split(projections.apply(norm.apply(input.shared())));
        }
        NDArray shared = norm.apply(input.shared());
        return new NDList(head(0, shared, input.query()), head(1, shared, input.key()), head(2, shared, input.value()));
    }

    private NDArray head(int kind, NDArray sharedNormed, @Nullable NDArray own) {
        NDArray read = own == null ? sharedNormed.expandDims(0) : norm.apply(own);
        Shape shape = read.getShape();
        NDArray weight = projections.perHead(kind);
        NDArray bias = projections.bias(kind);
        long inputs = shape.get(0);
        if (inputs > weight.getShape().get(0)) {
            weight = repeat(weight, 0);
            bias = bias == null ? null : repeat(bias, 0);
        }
        NDArray flat = read.reshape(inputs, shape.get(1) * shape.get(2), shape.get(3));
        NDArray product = ComputeType.product(flat, weight);
        return (bias == null ? product : product.add(bias))
                .reshape(-1, shape.get(1), shape.get(2), config.headWidth())
                .transpose(1, 0, 2, 3);
    }

    /** Gives each query head the keys or values that it shares, along the axis of heads; itself where it has its own. */
    NDArray repeat(NDArray heads, int axis) {
        int times = config.heads() / Math.toIntExact(heads.getShape().get(axis));
        if (times == 1) {
            return heads;
        }
        Shape shape = heads.getShape();
        Shape spread = shape.slice(0, axis + 1).add(times).addAll(shape.slice(axis + 1));
        Shape all = shape.slice(0, axis).add(config.heads()).addAll(shape.slice(axis + 1));
        return heads.expandDims(axis + 1).broadcast(spread).reshape(all);
    }

    /** The attention scores, {@code [b, h, from, to]}. */
    NDArray scores(NDArray query, NDArray key) {
        NDArray scores = Scale.by(config.scale(), query.matMul(key.transpose(0, 1, 3, 2)));
        return config.softCap() == null ? scores : Scale.softCap(config.softCap(), scores);
    }

    /** What attention adds to the residual stream, {@code [b, s, d]}: all heads and the bias b_O. */
    NDArray write(NDArray mixed) {
        NDArray summed = sum(mixed);
        return postNorm == null ? summed : postNorm.apply(summed);
    }

    private NDArray sum(NDArray mixed) {
        Shape shape = mixed.getShape();
        return output.apply(mixed.transpose(0, 2, 1, 3).reshape(shape.get(0), shape.get(2), config.width()));
    }

    /**
     * What each head adds, {@code [h, b, s, d]}, without b_O. Where what is written is normed, a head's share of it is its own
     * output times what the norm multiplies the sum by, so that the shares add up to what is written.
     */
    NDArray writePerHead(NDArray mixed) {
        Shape shape = mixed.getShape();
        long width = output.weight().getShape().get(1);
        NDArray perHead = ComputeType.product(
                        mixed.transpose(1, 0, 2, 3)
                                .reshape(config.heads(), shape.get(0) * shape.get(2), config.headWidth()),
                        output.weight().reshape(config.heads(), config.headWidth(), width))
                .reshape(config.heads(), shape.get(0), shape.get(2), width);
        return postNorm == null ? perHead : perHead.mul(postNorm.scale(sum(mixed)));
    }

    /**
     * The gradients at each head's query, key and value input, from those at the projections.
     *
     * @param input what all heads read, {@code [b, s, d]}
     * @param gradient {@code [b, s, (h + 2n) e]}, n heads of keys and values
     * @return {@code h + 2n} rows: queries, keys, values
     */
    HeadGradients pullBack(NDArray input, NDArray gradient) {
        Shape shape = input.getShape();
        long tokens = shape.get(0) * shape.get(1);
        NDArray root = norm.root(input);
        NDList parts = split(root == null ? gradient : gradient.div(root));
        NDList rows = new NDList();
        for (int kind = 0; kind < 3; kind++) {
            NDArray part = parts.get(kind).transpose(1, 0, 2, 3).reshape(-1, tokens, config.headWidth());
            NDArray weight = projections.perHead(kind).transpose(0, 2, 1);
            NDArray gained = norm.gain() == null ? weight : weight.mul(norm.gain());
            boolean isShared = part.getShape().get(0) > weight.getShape().get(0);
            rows.add(ComputeType.product(part, isShared ? repeat(gained, 0) : gained));
        }
        NDArray all = rows.get(0).getNDArrayInternal().concat(rows.subNDList(1), 0);
        return new HeadGradients(all.reshape(new Shape(-1).addAll(shape)), norm.directions(input));
    }
}
