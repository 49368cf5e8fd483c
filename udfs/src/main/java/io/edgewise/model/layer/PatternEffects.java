package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.config.QueryKeyNorms;
import io.edgewise.model.torch.ComputeType;
import org.jspecify.annotations.Nullable;

/**
 * What changes of queries or keys do through the attention pattern. The changed pattern is computed as attention computes it, with its
 * softmax; everything after the pattern is linear, by the gradient.
 *
 * @param query as projected, {@code [b, h, s, e]}
 * @param key as projected, {@code [b, k, s, e]}, k heads, which neighbouring query heads share
 * @param pattern {@code [b, 1, h, from, to]}
 * @param gradient of the pattern, {@code [b, 1, h, from, to]}
 */
record PatternEffects(AttentionPass pass, NDArray query, NDArray key, NDArray pattern, NDArray gradient) {

    /**
     * Runs the attention of one block again, from its projections.
     *
     * @param projected queries, keys and values side by side, {@code [b, s, (h + 2k) e]}
     * @param mixed the gradient at the heads' outputs before W_O, {@code [b, h, s, e]}
     */
    static PatternEffects of(AttentionPass pass, NDArray projected, NDArray mixed) {
        NDList split = pass.weights().split(projected);
        KeyValues prefix = pass.prefix();
        NDArray value = pass.weights().repeat(pass.behind(prefix == null ? null : prefix.values(), split.get(2)), 1);
        NDArray gradient = mixed.matMul(value.swapAxes(-1, -2)).expandDims(1);
        PatternEffects unchanged = new PatternEffects(pass, split.get(0), split.get(1), gradient, gradient);
        NDArray pattern = unchanged.pattern(unchanged.queries(split.get(0)), unchanged.keys(split.get(1)));
        return new PatternEffects(pass, split.get(0), split.get(1), pattern, gradient);
    }

    /**
     * The effects of some changes.
     *
     * @param kind whether the changes are read by queries (0) or by keys (1)
     * @param changes of what is projected, {@code [n, b, s, d]}
     * @return for each prompt, source and head, the change of the pattern times its gradient, {@code [b, n, h]}; of keys that query heads
     *     share, or not, as they were projected where a norm joins the heads
     */
    NDArray of(int kind, NDArray changes) {
        NDArray before = kind == 0 ? query : key;
        NDArray projected = projected(kind, changes, before);
        if (pass.weights().config().queryKeyNorms() != QueryKeyNorms.ALL_HEADS) {
            return effects(kind, before, projected);
        }
        // A change of one head's query or key changes the norm of all heads'.
        NDList each = new NDList();
        long inputs = before.getShape().get(1);
        for (int input = 0; input < inputs; input++) {
            float[] only = new float[(int) inputs];
            only[input] = 1;
            NDArray one = projected.mul(
                    before.getManager().create(only, new Shape(inputs, 1, 1)).duplicate());
            each.add(effects(kind, before, one).sum(new int[] {2}));
        }
        return NDArrays.stack(each, 2);
    }

    /** @param projected changes of queries or keys, {@code [b, n, h, s, e]} */
    private NDArray effects(int kind, NDArray before, NDArray projected) {
        NDArray after = before.expandDims(1).add(projected);
        Shape shape = after.getShape();
        NDArray merged = after.reshape(shape.get(0), -1, shape.get(3), shape.get(4));
        NDArray changed = kind == 0 ? pattern(queries(merged), keys(key)) : pattern(queries(query), keys(merged));
        return changed.sub(pattern).mul(gradient).sum(new int[] {3, 4});
    }

    /** Queries as attention multiplies them, {@code [b, n, h, s, e]}, from n times as many projections as there are heads. */
    private NDArray queries(NDArray projected) {
        return placed(projected, pass.weights().queryNorm(), query.getShape().get(1));
    }

    /** Keys as attention multiplies them, {@code [b, n, h, t, e]}, one for each query head; a prefix's keys come first. */
    private NDArray keys(NDArray projected) {
        NDArray own = placed(projected, pass.weights().keyNorm(), key.getShape().get(1));
        NDArray repeated = pass.weights().repeat(own, 2);
        KeyValues prefix = pass.prefix();
        if (prefix == null) {
            return repeated;
        }
        NDArray before = pass.weights().repeat(prefix.keys(), 1).expandDims(1);
        Shape shape = repeated.getShape();
        return before.broadcast(
                        shape.get(0),
                        shape.get(1),
                        shape.get(2),
                        before.getShape().get(3),
                        shape.get(4))
                .concat(repeated, 3);
    }

    /** Every source's heads normed, {@code [b, n, h, s, e]}, and rotated. */
    private NDArray placed(NDArray merged, @Nullable Norm norm, long heads) {
        Shape shape = merged.getShape();
        NDArray normed = norm == null
                ? merged
                : norm.apply(merged.reshape(-1, heads, shape.get(2), shape.get(3)))
                        .reshape(shape);
        return bySource(pass.turned(normed), heads);
    }

    private static NDArray bySource(NDArray merged, long heads) {
        Shape shape = merged.getShape();
        return merged.reshape(shape.get(0), shape.get(1) / heads, heads, shape.get(2), shape.get(3));
    }

    /** {@code [b, n, h, from, to]}. */
    private NDArray pattern(NDArray queries, NDArray keys) {
        NDArray scores = pass.weights().scores(queries, keys);
        Shape shape = scores.getShape();
        NDArray merged = scores.reshape(shape.get(0), -1, shape.get(3), shape.get(4));
        return pass.mask().pattern(merged).reshape(shape);
    }

    /** The changes through the projection, {@code [b, n, h, s, e]}, with as many heads as there were {@code before} the change. */
    private NDArray projected(int kind, NDArray changes, NDArray before) {
        Shape shape = changes.getShape();
        NDArray matrices = ComputeType.widened(pass.weights().projections().perHead(kind));
        NDArray products = changes.reshape(1, -1, shape.get(3)).matMul(matrices);
        NDArray perHead = products.reshape(matrices.getShape().get(0), shape.get(0), shape.get(1), shape.get(2), -1)
                .transpose(2, 1, 0, 3, 4);
        return perHead.getShape().get(2) < before.getShape().get(1)
                ? pass.weights().repeat(perHead, 2)
                : perHead;
    }
}
