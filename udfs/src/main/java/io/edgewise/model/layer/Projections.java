package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The projections of the normed residual stream to queries (0), keys (1) and values (2).
 *
 * @param parts what is multiplied with: one matrix for all, or one for each
 * @param layout how queries, keys and values lie where one matrix holds all
 * @param heads how many heads queries, keys and values have
 * @param headWidth width of one head
 */
public record Projections(List<Linear> parts, Layout layout, List<Integer> heads, int headWidth) {
    public Projections {
        parts = List.copyOf(parts);
        heads = List.copyOf(heads);
    }

    /** How queries, keys and values lie in one matrix. */
    public enum Layout {
        /** All queries, all keys, all values. */
        BY_KIND,
        /** Query, key and value of the first head, then of the next. */
        BY_HEAD
    }

    /** The projections that make of a norm without gain and bias what these make of the norm. */
    Projections after(Norm norm) {
        List<Linear> folded =
                parts.stream().map(part -> byKind(part).after(norm)).toList();
        return new Projections(folded, Layout.BY_KIND, heads, headWidth);
    }

    private Linear byKind(Linear all) {
        if (layout == Layout.BY_KIND) {
            return all;
        }
        long width = all.weight().getShape().get(0);
        NDArray weight = all.weight()
                .reshape(width, heads.get(0), 3, headWidth)
                .transpose(0, 2, 1, 3)
                .reshape(width, -1);
        NDArray bias = all.bias();
        return new Linear(
                weight,
                bias == null
                        ? null
                        : bias.reshape(heads.get(0), 3, headWidth)
                                .transpose(1, 0, 2)
                                .reshape(-1));
    }

    /** What the projections make of 0, as {@link #apply} lays it out, {@code [1, 1, (queries + keys + values) * e]}. */
    NDArray ofZero() {
        NDList all = new NDList();
        for (Linear part : parts) {
            NDArray bias = part.bias();
            Shape shape = part.weight().getShape().slice(1);
            all.add((bias == null ? part.weight().getManager().zeros(shape) : bias).reshape(1, 1, -1));
        }
        return laidOut(NDArrays.concat(all, 2));
    }

    /** All heads' queries, keys and values side by side, {@code [b, s, (queries + keys + values) * e]}. */
    NDArray apply(NDArray normed) {
        return laidOut(
                parts.size() == 1
                        ? parts.get(0).apply(normed)
                        : NDArrays.concat(
                                new NDList(parts.stream()
                                        .map(part -> part.apply(normed))
                                        .toList()),
                                2));
    }

    private NDArray laidOut(NDArray all) {
        if (layout == Layout.BY_KIND) {
            return all;
        }
        long batch = all.getShape().get(0);
        long length = all.getShape().get(1);
        return all.reshape(batch, length, heads.get(0), 3, headWidth)
                .transpose(0, 1, 3, 2, 4)
                .reshape(batch, length, 3L * heads.get(0) * headWidth);
    }

    /** The matrices of each head, of queries, keys and values, {@code [head, d, e]}: one array where they lie in one, else three. */
    List<NDArray> perHead() {
        return parts.size() == 1 && layout == Layout.BY_KIND
                ? List.of(byHead(parts.get(0).weight(), 3 * heads.get(0)))
                : List.of(perHead(0), perHead(1), perHead(2));
    }

    /** The matrices of each head, {@code [head, d, e]}. */
    NDArray perHead(int kind) {
        if (parts.size() > 1) {
            return byHead(parts.get(kind).weight(), heads.get(kind));
        }
        NDArray weight = parts.get(0).weight();
        long width = weight.getShape().get(0);
        if (layout == Layout.BY_HEAD) {
            return weight.reshape(width, heads.get(0), 3, headWidth)
                    .get(":, :, {}", kind)
                    .transpose(1, 0, 2);
        }
        return byHead(weight.split(3, 1).get(kind), heads.get(kind));
    }

    private NDArray byHead(NDArray weight, int count) {
        return weight.reshape(weight.getShape().get(0), count, headWidth).transpose(1, 0, 2);
    }

    /** The biases of each head, {@code [head, 1, e]}; null for none. */
    @Nullable
    NDArray bias(int kind) {
        NDArray bias = parts.get(parts.size() > 1 ? kind : 0).bias();
        if (bias == null) {
            return null;
        }
        if (parts.size() > 1) {
            return bias.reshape(heads.get(kind), 1, headWidth);
        }
        return layout == Layout.BY_HEAD
                ? bias.reshape(heads.get(0), 3, headWidth).get(":, {}", kind).expandDims(1)
                : bias.split(3).get(kind).reshape(heads.get(kind), 1, headWidth);
    }
}
