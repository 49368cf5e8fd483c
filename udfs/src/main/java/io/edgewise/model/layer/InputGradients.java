package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.torch.InPlace;

/**
 * The gradients at the inputs of neighbouring destinations, a row for each. They are computed for some prompts at a time, since all at
 * once may be large.
 */
public interface InputGradients {

    int rows();

    /**
     * Makes the rows of the prompts {@code [from, to)}.
     *
     * @param into filled in, {@code [row, to - from, s, d]}
     */
    void write(long from, long to, NDArray into);

    /** The gradients of one destination whose gradient is known, {@code [b, s, d]}; at the last position alone, {@code [b, 1, d]}, or at all. */
    static InputGradients of(NDArray gradient) {
        return new InputGradients() {
            @Override
            public int rows() {
                return 1;
            }

            @Override
            public void write(long from, long to, NDArray into) {
                LastPosition.put(gradient.get("{}:{}", from, to).expandDims(0), into);
            }
        };
    }

    /** Adds up groups of rows: the first of every {@code count}, the second, and so on. */
    static InputGradients summed(InputGradients all, int count) {
        if (all.rows() == count) {
            return all;
        }
        return new InputGradients() {
            @Override
            public int rows() {
                return count;
            }

            @Override
            public void write(long from, long to, NDArray into) {
                Shape shape = into.getShape().slice(1);
                NDArray each = into.getManager().create(new Shape(all.rows()).addAll(shape), into.getDataType());
                all.write(from, to, each);
                InPlace.copy(each.reshape(new Shape(-1, count).addAll(shape)).sum(new int[] {0}), into);
            }
        };
    }
}
