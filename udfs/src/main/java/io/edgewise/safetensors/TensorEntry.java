package io.edgewise.safetensors;

import java.util.List;

/**
 * The place of a tensor in a safetensors file.
 *
 * @param shape axis lengths; empty for a single number
 * @param begin first byte, counted from the end of the header
 * @param end byte after the last
 */
public record TensorEntry(String name, TensorType type, List<Long> shape, long begin, long end) {
    public TensorEntry {
        shape = List.copyOf(shape);
        long bytes = type.bytes();
        for (long axis : shape) {
            if (axis < 0) {
                throw new MalformedHeaderException("gives tensor " + name + " a negative axis in its shape " + shape);
            }
            try {
                bytes = Math.multiplyExact(bytes, axis);
            } catch (ArithmeticException e) {
                throw new MalformedHeaderException("gives tensor " + name + " the impossible shape " + shape);
            }
        }
        if (begin < 0 || end < begin || end - begin != bytes) {
            throw new MalformedHeaderException("gives tensor " + name + " bytes " + begin + " to " + end
                    + ", but shape " + shape + " of " + type + " takes " + bytes);
        }
    }

    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    public long[] shapeArray() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }
}
