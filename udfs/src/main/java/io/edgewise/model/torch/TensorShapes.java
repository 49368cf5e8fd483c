package io.edgewise.model.torch;

import java.util.LinkedHashMap;
import java.util.Map;

/** The tensors of a checkpoint as PyTorch's modules name them, with their shapes, in order. */
public final class TensorShapes {
    private final Map<String, long[]> shapes = new LinkedHashMap<>();

    public TensorShapes add(String name, long... shape) {
        shapes.put(name, shape);
        return this;
    }

    /** A projection, {@code [out, in]}. */
    public TensorShapes linear(String at, long out, long in, boolean hasBias) {
        add(at + ".weight", out, in);
        return hasBias ? add(at + ".bias", out) : this;
    }

    public TensorShapes norm(String at, long width, boolean hasBias) {
        add(at + ".weight", width);
        return hasBias ? add(at + ".bias", width) : this;
    }

    public Map<String, long[]> all() {
        return shapes;
    }
}
