package io.edgewise.model.torch;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** Operations that write into an existing array, outside any graph of gradients. They save a pass over memory. */
public final class InPlace {
    private static final TorchFunction DIFFERENCE = new TorchFunction("x, y, into", "torch.sub(x, y, out=into)");
    private static final TorchFunction PRODUCT = new TorchFunction("x, y, into", "torch.bmm(x, y, out=into)");
    private static final TorchFunction MATRIX_PRODUCT = new TorchFunction("x, y, into", "torch.mm(x, y, out=into)");
    private static final TorchFunction ADD_PRODUCT = new TorchFunction("into, x, y", "torch.addcmul_(into, x, y)");
    private static final TorchFunction COPY = new TorchFunction("into, x", "torch.copy_(into, x)");
    private static final TorchFunction ZERO = new TorchFunction("into", "torch.zero_(into)");
    private static final TorchFunction ADD = new TorchFunction("into, x", "torch.add_(into, x)");
    private static final TorchFunction MULTIPLY = new TorchFunction("into, x", "torch.mul_(into, x)");
    private static final TorchFunction ADDED_PRODUCT =
            new TorchFunction("base, x, y, into", "torch.addmm(base, x, y, out=into)");
    private static final TorchFunction ADDED_PRODUCTS =
            new TorchFunction("base, x, y, into", "torch.baddbmm(base, x, y, out=into)");
    private static final TorchFunction SUM = new TorchFunction("x, into", "torch.sum(x, [0], out=into)");
    private static final TorchFunction PUT = new TorchFunction("into, i, x", "torch.index_copy_(into, 1, i, x)");

    private InPlace() {}

    public static void copy(NDArray x, NDArray into) {
        COPY.apply(into, x).close();
    }

    public static void zero(NDArray into) {
        ZERO.apply(into).close();
    }

    /** Adds {@code x}, which broadcasts to {@code into}'s shape. */
    public static void add(NDArray x, NDArray into) {
        ADD.apply(into, x).close();
    }

    /** Multiplies by {@code x}, which broadcasts to {@code into}'s shape. */
    public static void multiply(NDArray x, NDArray into) {
        MULTIPLY.apply(into, x).close();
    }

    /** The sum along the first axis. */
    public static void sum(NDArray x, NDArray into) {
        SUM.apply(x, into).close();
    }

    /** Puts {@code x} at some places of the second axis. */
    public static void put(NDArray into, List<Integer> places, NDArray x) {
        PUT.apply(into, Select.index(into, places), x).close();
    }

    /** {@code x - y}; both broadcast to {@code into}'s shape. */
    public static void difference(NDArray x, NDArray y, NDArray into) {
        DIFFERENCE.apply(x, y, into).close();
    }

    /** The products of matrices, {@code [n, i, j]} by {@code [n, j, k]}. */
    public static void product(NDArray x, NDArray y, NDArray into) {
        PRODUCT.apply(x, y, into).close();
    }

    /** The product of two matrices. */
    public static void matrixProduct(NDArray x, NDArray y, NDArray into) {
        MATRIX_PRODUCT.apply(x, y, into).close();
    }

    /** {@code base + x y}, the product of two matrices; the base broadcasts to its shape. */
    public static void addedProduct(NDArray base, NDArray x, NDArray y, NDArray into) {
        ADDED_PRODUCT.apply(base, x, y, into).close();
    }

    /** {@code base + x y}, the products of matrices, {@code [n, i, j]} by {@code [n, j, k]}; the base broadcasts to their shape. */
    public static void addedProducts(NDArray base, NDArray x, NDArray y, NDArray into) {
        ADDED_PRODUCTS.apply(base, x, y, into).close();
    }

    /** Adds {@code x * y}, element by element; both broadcast to {@code into}'s shape. */
    public static void addProduct(NDArray x, NDArray y, NDArray into) {
        ADD_PRODUCT.apply(into, x, y).close();
    }
}
