package io.edgewise.safetensors;

/**
 * A tensor of 32-bit floats in Java memory.
 *
 * @param values row-major
 */
@SuppressWarnings("ArrayRecordComponent")
public record FloatTensor(long[] shape, float[] values) {
    public FloatTensor {
        long elements = 1;
        for (long axis : shape) {
            elements *= axis;
        }
        if (elements != values.length) {
            throw new IllegalArgumentException(
                    "A tensor of this shape has " + elements + " elements, got " + values.length);
        }
    }
}
