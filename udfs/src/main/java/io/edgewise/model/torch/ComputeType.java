package io.edgewise.model.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.jspecify.annotations.Nullable;

/**
 * The number type that a model's matrices are held and multiplied in. Everything else (norms, softmax, losses, sums) is float32 or wider,
 * whatever the type.
 *
 * <p>A product in 16 bits rounds both factors and the result to 16 bits, and adds up in float32. It halves the memory of weights. It is
 * fast on GPUs and slow on most CPUs.
 */
public enum ComputeType {
    FLOAT32(4) {
        @Override
        public NDArray matrix(NDArray float32) {
            return float32;
        }
    },
    /** The exponents of float32 with 8 bits of precision. */
    BFLOAT16(2) {
        @Override
        public NDArray matrix(NDArray float32) {
            return Half.replaced(float32, Half.TO_BFLOAT16);
        }
    },
    /** 11 bits of precision; overflows beyond 65,504. */
    FLOAT16(2) {
        @Override
        public NDArray matrix(NDArray float32) {
            return Half.replaced(float32, Half.TO_FLOAT16);
        }
    };

    private final int bytes;

    ComputeType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes per weight. */
    public int bytes() {
        return bytes;
    }

    /** A weight converted to this type; the given array is freed unless it is returned. */
    public abstract NDArray matrix(NDArray float32);

    /** The matrix product as float32, whatever the type of {@code weight}. */
    public static NDArray product(NDArray input, NDArray weight) {
        return isWhole(weight) ? input.matMul(weight) : Half.PRODUCT.apply(input, weight);
    }

    /**
     * Matrix products as float32, {@code [n, i, j]} by {@code [n, j, k]}, or one matrix by n, plus a bias.
     *
     * @param bias {@code [n, 1, k]}; null for none
     */
    public static NDArray products(NDArray input, NDArray weight, @Nullable NDArray bias) {
        if (bias == null
                || !isWhole(weight)
                || input.getShape().get(0) != weight.getShape().get(0)) {
            NDArray products = product(input, weight);
            return bias == null ? products : products.add(bias);
        }
        return Whole.PLUS_PRODUCTS.apply(bias, input, weight);
    }

    /** The same numbers as float32. */
    public static NDArray widened(NDArray array) {
        return isWhole(array) ? array : Half.TO_FLOAT32.apply(array);
    }

    /** Whether an array is float32. DJL calls bfloat16 unknown: it passes such arrays on, but can't make any. */
    private static boolean isWhole(NDArray array) {
        return array.getDataType() == DataType.FLOAT32;
    }

    /** Loaded when it is used first: PyTorch may not have been started when a type is named. */
    private static final class Whole {
        static final TorchFunction PLUS_PRODUCTS = new TorchFunction("b, x, w", "torch.baddbmm(b, x, w)");
    }

    /** The casts, in TorchScript, since DJL's casts carry no gradient. The numbers in it are PyTorch's codes of its types. */
    private static final class Half {
        static final TorchFunction TO_BFLOAT16 = new TorchFunction("x", "torch.to(x, 15)");
        static final TorchFunction TO_FLOAT16 = new TorchFunction("x", "torch.to(x, 5)");
        static final TorchFunction TO_FLOAT32 = new TorchFunction("x", "torch.to(x, 6)");
        static final TorchFunction PRODUCT =
                new TorchFunction("x, w", "torch.to(torch.matmul(torch.type_as(x, w), w), 6)");

        static NDArray replaced(NDArray float32, TorchFunction rounding) {
            try (NDArray whole = float32) {
                return rounding.apply(whole);
            }
        }
    }
}
