package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.config.AttentionConfig;
import io.edgewise.model.torch.ComputeType;
import io.edgewise.model.torch.InPlace;
import io.edgewise.model.torch.Scale;
import io.edgewise.model.torch.Select;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The weights of multi-head attention of one block, with its norms.
 *
 * <p>Axes: {@code b} batch, {@code s} position, {@code d} residual stream, {@code h} query head, {@code e} width of a head.
 * Keys and values have as many heads, or fewer, which neighbouring query heads share.
 *
 * @param norm of what is read; without gain and bias where these are in the projections
 * @param queryNorm of queries, {@code [b, h, s, e]}; null for none
 * @param keyNorm of keys; null for none
 * @param output W_O of all heads one above the other, {@code [he, d]}, with b_O
 * @param postNorm of what is written; null for none
 */
public record Attention(
        AttentionConfig config,
        Norm norm,
        Projections projections,
        @Nullable Norm queryNorm,
        @Nullable Norm keyNorm,
        Linear output,
        @Nullable Norm postNorm) {
    /**
     * Queries, keys and values side by side, all from one input.
     *
     * @param keyValueHeads how many heads keys and values are given for: at most the query heads
     * @return {@code [b, s, (h + 2 keyValueHeads) e]}
     */
    public NDArray project(NDArray input, int keyValueHeads) {
        return eachHead(projections.apply(norm.apply(input)), keyValueHeads);
    }

    /** Repeats shared keys and values so that each of {@code keyValueHeads} heads has its own, side by side as before. */
    private NDArray eachHead(NDArray compact, int keyValueHeads) {
        if (keyValueHeads == config.keyValueHeads()) {
            return compact;
        }
        NDList parts = split(compact);
        Shape shape = compact.getShape();
        NDList flat = new NDList();
        for (NDArray part : new NDList(parts.get(0), repeat(parts.get(1), 1), repeat(parts.get(2), 1))) {
            flat.add(part.transpose(0, 2, 1, 3).reshape(shape.get(0), shape.get(1), -1));
        }
        return NDArrays.concat(flat, 2);
    }

    /** Query {@code [b, h, s, e]}, key and value from the projections, each with as many heads as there are. */
    public NDList split(NDArray projected) {
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
    public NDList split(Heads.Input input) {
        if (input.isShared()) {
            return split(projections.apply(norm.apply(input.shared())));
        }
        NDArray shared = norm.apply(input.shared());
        return new NDList(head(0, shared, input.query()), head(1, shared, input.key()), head(2, shared, input.value()));
    }

    private NDArray head(int kind, NDArray sharedNormed, @Nullable NDArray own) {
        NDArray normed = own == null ? sharedNormed.expandDims(0) : norm.apply(own);
        int inputs = own == null
                ? projections.heads().get(kind)
                : Math.toIntExact(own.getShape().get(0));
        List<Integer> all = IntStream.range(0, inputs).boxed().toList();
        return projectSome(kind, normed, all, inputs).transpose(1, 0, 2, 3);
    }

    /** Repeats keys or values along the axis of heads, so that each query head has the ones that it shares; unchanged where each has its own. */
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

    /** The attention scores, {@code [..., h, from, to]}. */
    NDArray scores(NDArray query, NDArray key) {
        NDArray scores = Scale.by(config.scale(), query.matMul(key.swapAxes(-1, -2)));
        return config.softCap() == null ? scores : Scale.softCap(config.softCap(), scores);
    }

    /** What attention adds to the residual stream, {@code [b, s, d]}: all heads and the bias b_O. */
    public NDArray write(NDArray mixed) {
        NDArray summed = sum(mixed);
        return postNorm == null ? summed : postNorm.apply(summed);
    }

    /** Whether heads can be computed one by one, each without the others. */
    public boolean headsAreApart() {
        return postNorm == null && config.queryKeyNorms().isSameForEachHead();
    }

    private NDArray sum(NDArray mixed) {
        Shape shape = mixed.getShape();
        return output.apply(mixed.transpose(0, 2, 1, 3).reshape(shape.get(0), shape.get(2), config.width()));
    }

    /**
     * What each head adds, {@code [h, b, s, d]}, without b_O. Where what is written is normed, each head's output is multiplied by what the
     * norm multiplies the sum by, so that the heads add up to what is written; b_O, which is no constant then, is shared among them.
     */
    NDArray writePerHead(NDArray mixed) {
        Shape shape = mixed.getShape();
        NDArray perHead = ComputeType.product(rowsPerHead(mixed), outputPerHead())
                .reshape(config.heads(), shape.get(0), shape.get(2), width());
        if (postNorm == null) {
            return perHead;
        }
        NDArray bias = output.bias();
        NDArray all = bias == null ? perHead : perHead.add(Scale.by(1.0 / config.heads(), bias));
        return all.mul(postNorm.scale(sum(mixed)));
    }

    /** The same, written into {@code into}, outside any graph of gradients. */
    void writePerHead(NDArray mixed, NDArray into) {
        if (postNorm == null && output.weight().getDataType() == DataType.FLOAT32) {
            InPlace.product(rowsPerHead(mixed), outputPerHead(), into.reshape(config.heads(), -1, width()));
        } else {
            InPlace.copy(writePerHead(mixed), into);
        }
    }

    private NDArray rowsPerHead(NDArray mixed) {
        return mixed.transpose(1, 0, 2, 3).reshape(config.heads(), -1, config.headWidth());
    }

    private NDArray outputPerHead() {
        return output.weight().reshape(config.heads(), config.headWidth(), width());
    }

    /**
     * The projections of some heads, each from an input of its own, or all from one.
     *
     * @param kind queries (0), keys (1) or values (2)
     * @param normed inputs, {@code [n, b, s, d]}, or one for all, {@code [1, b, s, d]}
     * @param rows which inputs of this kind they are
     * @param rowsInAll how many inputs of this kind there are; neighbouring inputs share a matrix where there are fewer matrices
     * @return {@code [n, b, s, e]}
     */
    public NDArray projectSome(int kind, NDArray normed, List<Integer> rows, int rowsInAll) {
        Shape shape = normed.getShape();
        int matrices = projections.heads().get(kind);
        List<Integer> which =
                rows.stream().map(row -> row * matrices / rowsInAll).toList();
        NDArray flat = normed.reshape(shape.get(0), shape.get(1) * shape.get(2), shape.get(3));
        NDArray bias = projections.bias(kind);
        return ComputeType.products(
                        flat, Select.of(projections.perHead(kind), which), bias == null ? null : Select.of(bias, which))
                .reshape(-1, shape.get(1), shape.get(2), config.headWidth());
    }

    /**
     * What some heads add, without b_O.
     *
     * @param mixed {@code [n, b, s, e]}
     * @param which the head of each row
     * @return {@code [n, b, s, d]}
     */
    public NDArray writeSome(NDArray mixed, List<Integer> which) {
        Shape shape = mixed.getShape();
        return ComputeType.product(
                        mixed.reshape(shape.get(0), shape.get(1) * shape.get(2), shape.get(3)),
                        Select.of(outputPerHead(), which))
                .reshape(shape.get(0), shape.get(1), shape.get(2), width());
    }

    /**
     * The gradients at each head's query, key and value input, from those at the projections.
     *
     * @param input what all heads read, {@code [b, s, d]}
     * @param projected their projections of it, {@code [b, s, (h + 2n) e]}, n heads of keys and values
     * @param gradient {@code [b, s, (h + 2n) e]}
     * @return {@code h + 2n} rows: queries, keys, values
     */
    HeadGradients pullBack(NDArray input, NDArray projected, NDArray gradient) {
        NDArray root = norm.root(input);
        NDArray scaled = perInput(root == null ? gradient : gradient.div(root));
        long keyValues = (scaled.getShape().get(0) - config.heads()) / 2;
        NDArray normed = norm.normed(input);
        NDArray along = normed == null
                ? null
                : share(scaled, perInput(projected.sub(eachHead(constant(), Math.toIntExact(keyValues)))));
        List<NDArray> weights = projections.perHead().stream()
                .map(weight -> norm.inWeights(ComputeType.widened(weight).transpose(0, 2, 1)))
                .map(rows -> rows.getShape().get(0) < keyValues ? repeat(rows, 0) : rows)
                .toList();
        return new HeadGradients(scaled, weights, along, normed);
    }

    /** The part of the projections that depends on no input, {@code [1, 1, i e]}. */
    private NDArray constant() {
        NDArray bias = norm.bias();
        return bias == null ? projections.ofZero() : projections.apply(bias.reshape(1, 1, -1));
    }

    /** {@code [b, s, i e]} as {@code [i, b, s, e]}. */
    private NDArray perInput(NDArray projected) {
        Shape shape = projected.getShape();
        return projected
                .reshape(shape.get(0), shape.get(1), -1, config.headWidth())
                .transpose(2, 0, 1, 3);
    }

    /** The products along the last axis over the width of the residual stream, negative, {@code [i, b, s, 1]}. */
    private NDArray share(NDArray gradient, NDArray direction) {
        return Scale.by(-1.0 / width(), gradient.mul(direction).sum(new int[] {3}, true));
    }

    private long width() {
        return output.weight().getShape().get(1);
    }
}
