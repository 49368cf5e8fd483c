package io.edgewise.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** The tensors of a checkpoint as PyTorch's modules name them, with their shapes, in order. */
final class TensorShapes {
    private final Map<String, long[]> shapes = new LinkedHashMap<>();

    TensorShapes add(String name, long... shape) {
        shapes.put(name, shape);
        return this;
    }

    /** A projection, {@code [out, in]}. */
    TensorShapes linear(String at, long out, long in, boolean hasBias) {
        add(at + ".weight", out, in);
        return hasBias ? add(at + ".bias", out) : this;
    }

    TensorShapes norm(String at, long width, boolean hasBias) {
        add(at + ".weight", width);
        return hasBias ? add(at + ".bias", width) : this;
    }

    Map<String, long[]> all() {
        return shapes;
    }
}
