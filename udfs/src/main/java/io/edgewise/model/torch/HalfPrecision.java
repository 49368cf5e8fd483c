package io.edgewise.model.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.edgewise.safetensors.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/** Numbers of 16 bits, read as float32, which holds every one of them exactly: DJL's PyTorch has no bfloat16. */
public enum HalfPrecision {
    /** The upper half of a float32. */
    BFLOAT16 {
        @Override
        float toFloat(short bits) {
            return Float.intBitsToFloat(bits << 16);
        }
    },
    /** IEEE 754's: 5 bits of exponent, 10 of fraction. */
    FLOAT16 {
        @Override
        float toFloat(short bits) {
            int exponent = bits >> 10 & 0x1f;
            int fraction = bits & 0x3ff;
            int sign = (bits & 0x8000) << 16;
            if (exponent == 0) {
                float magnitude = fraction * SMALLEST_FLOAT16;
                return sign == 0 ? magnitude : -magnitude;
            }
            int widened = exponent == 0x1f ? 0xff : exponent + 112;
            return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
        }
    };

    private static final float SMALLEST_FLOAT16 = 0x1p-24f;
    private static final int CHUNK = 1 << 22;

    abstract float toFloat(short bits);

    public static HalfPrecision of(TensorType type) {
        return switch (type) {
            case BF16 -> BFLOAT16;
            case F16 -> FLOAT16;
            default -> throw new IllegalArgumentException(type + " is no type of 16 bits");
        };
    }

    /** Reads a tensor piece by piece, so that it is never held in memory twice. */
    public NDArray read(NDManager manager, ByteBuffer bytes, Shape shape) {
        ShortBuffer bits = bytes.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        NDArray flat = manager.zeros(new Shape(bits.remaining()), DataType.FLOAT32);
        FloatBuffer chunk = ByteBuffer.allocateDirect(4 * Math.min(CHUNK, bits.remaining()))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        while (bits.hasRemaining()) {
            int first = bits.position();
            int count = Math.min(CHUNK, bits.remaining());
            chunk.clear();
            for (int i = 0; i < count; i++) {
                chunk.put(toFloat(bits.get()));
            }
            chunk.flip();
            try (NDArray part = manager.create(chunk, new Shape(count), DataType.FLOAT32)) {
                flat.set(new NDIndex("{}:{}", first, first + count), part);
            }
        }
        try (NDArray whole = flat) {
            return whole.reshape(shape);
        }
    }
}
