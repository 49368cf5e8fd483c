package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.edgewise.InputException;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.torch.InPlace;
import java.util.Objects;

/**
 * How arrays {@code [node, batch, seq, d_model]} become matrices whose rows are nodes, so that a product of two such matrices has an entry
 * for each edge: one matrix {@code [node, batch * seq * d_model]}, or, where edges have positions, one matrix per position,
 * {@code [seq, node, batch * d_model]}.
 */
enum EdgeLayout {
    SHARED {
        @Override
        NDArray flat(NDArray nodes) {
            return nodes.reshape(nodes.getShape().get(0), -1);
        }

        @Override
        NDArray eachPrompt(NDArray nodes) {
            Shape shape = nodes.getShape();
            return nodes.swapAxes(0, 1).reshape(shape.get(1), shape.get(0), -1);
        }

        @Override
        NDArray unflat(NDArray rows, Shape residual) {
            return rows.reshape(new Shape(rows.getShape().get(0)).addAll(residual));
        }

        @Override
        NDArray unflatEachPrompt(NDArray rows, Shape residual) {
            return rows.reshape(residual.get(0), -1, residual.get(1), residual.get(2))
                    .swapAxes(0, 1);
        }
    },
    BY_POSITION {
        @Override
        NDArray flat(NDArray nodes) {
            Shape shape = nodes.getShape();
            return nodes.transpose(2, 0, 1, 3).reshape(shape.get(2), shape.get(0), shape.get(1) * shape.get(3));
        }

        @Override
        NDArray unflat(NDArray rows, Shape residual) {
            long nodes = rows.getShape().get(1);
            return rows.reshape(residual.get(1), nodes, residual.get(0), residual.get(2))
                    .transpose(1, 2, 0, 3);
        }

        @Override
        NDArray eachPrompt(NDArray nodes) {
            return nodes.transpose(1, 2, 0, 3);
        }

        @Override
        NDArray unflatEachPrompt(NDArray rows, Shape residual) {
            return rows.transpose(2, 0, 1, 3);
        }
    };

    /** How many products are added up in single precision. */
    private static final long PIECE = 1 << 18;

    static EdgeLayout of(ModelGraph graph) {
        return graph.spec().seqLen() == null ? SHARED : BY_POSITION;
    }

    /** Refuses prompts of another length than the edges' positions. */
    static void check(ModelGraph graph, NDArray embedding) {
        long length = embedding.getShape().get(1);
        if (of(graph) == BY_POSITION && length != graph.positions()) {
            throw new InputException("The graph's edges have " + graph.positions() + " token positions, got prompts of "
                    + length + " tokens; --seq-len is the length of every prompt");
        }
    }

    /**
     * The products of every two nodes' vectors, {@code [seq?, first node, second node]}.
     *
     * @param first {@code [node, batch, seq, width]}
     * @param second an array of the same shape, except for the number of nodes
     */
    NDArray product(NDArray first, NDArray second) {
        return ofMatrices(flat(first), flat(second));
    }

    /**
     * The same in double precision: long sums are made in pieces, which are added up in double precision.
     *
     * @param first {@code [node, batch, seq, width]}
     * @param second an array of the same shape, except for the number of nodes
     */
    NDArray preciseProduct(NDArray first, NDArray second) {
        NDArray rows = flat(first);
        NDArray columns = flat(second);
        int axis = rows.getShape().dimension() - 1;
        long length = rows.getShape().get(axis);
        NDArray sum = null;
        for (long from = 0; from < length; from += PIECE) {
            String piece = "..., %d:%d".formatted(from, Math.min(length, from + PIECE));
            NDArray part = ofMatrices(rows.get(piece), columns.get(piece));
            if (sum == null) {
                sum = part.toType(DataType.FLOAT64, true);
            } else {
                InPlace.add(part, sum);
            }
        }
        return Objects.requireNonNull(sum);
    }

    private static NDArray ofMatrices(NDArray rows, NDArray columns) {
        int axis = rows.getShape().dimension() - 2;
        // The same numbers, but faster, with the longer matrix first.
        return rows.getShape().get(axis) < columns.getShape().get(axis)
                ? turned(columns.matMul(turned(rows)))
                : rows.matMul(turned(columns));
    }

    /**
     * The same without the sum over prompts, {@code [prompt, seq?, first node, second node]}.
     *
     * @param first {@code [node, batch, seq, width]}
     * @param second an array of the same shape, except for the number of nodes
     */
    NDArray productOfEachPrompt(NDArray first, NDArray second) {
        return eachPrompt(first).matMul(eachPrompt(second).swapAxes(-1, -2));
    }

    private static NDArray turned(NDArray matrices) {
        return matrices.getShape().dimension() == 2 ? matrices.transpose() : matrices.transpose(0, 2, 1);
    }

    /** The matrix or matrices of {@code [node, batch, seq, d_model]}. */
    abstract NDArray flat(NDArray nodes);

    /** The matrices of {@code [node, batch, seq, d_model]}, one for each prompt, {@code [prompt, seq?, node, ...]}. */
    abstract NDArray eachPrompt(NDArray nodes);

    /**
     * Back to {@code [node, batch, seq, d_model]}.
     *
     * @param residual {@code (batch, seq, d_model)}
     */
    abstract NDArray unflat(NDArray rows, Shape residual);

    /**
     * Back from {@link #eachPrompt} to {@code [node, batch, seq, d_model]}.
     *
     * @param residual {@code (batch, seq, d_model)}
     */
    abstract NDArray unflatEachPrompt(NDArray rows, Shape residual);
}
