package io.edgewise.model.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;

/** Picks from an axis of an array of any type. */
public final class Select {
    private static final TorchFunction INDEX = new TorchFunction("x, i", "torch.index_select(x, 0, i)");

    /** Selecting, PyTorch would first copy a matrix that is the transpose of another. */
    private static final TorchFunction COLUMNS =
            new TorchFunction("x, i", "torch.index(x, annotate(List[Optional[Tensor]], [None, i]))");

    private Select() {}

    /** {@code array[places]}; a view instead of a copy where the places are consecutive and ascending. */
    public static NDArray of(NDArray array, List<Integer> places) {
        int first = places.get(0);
        boolean areNeighbours = places.equals(
                IntStream.range(first, first + places.size()).boxed().toList());
        return areNeighbours ? array.get("{}:{}", first, first + places.size()) : of(array, ids(places));
    }

    /** {@code array[places]}, a copy. */
    public static NDArray of(NDArray array, long[] places) {
        return INDEX.apply(array, index(array, places));
    }

    /** Columns of a matrix, a copy. */
    public static NDArray columns(NDArray matrix, List<Integer> places) {
        return COLUMNS.apply(matrix, index(matrix, places));
    }

    /** The places as an array, on the same device as {@code beside}. */
    static NDArray index(NDArray beside, List<Integer> places) {
        return index(beside, ids(places));
    }

    /** In PyTorch's own memory, as a graph of gradients keeps a pointer to it. */
    private static NDArray index(NDArray beside, long[] places) {
        return beside.getManager().create(places, new Shape(places.length)).duplicate();
    }

    private static long[] ids(List<Integer> places) {
        return places.stream().mapToLong(Integer::longValue).toArray();
    }
}
