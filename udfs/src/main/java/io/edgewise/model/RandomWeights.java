package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Objects;

/** Weights that nobody trained, of any shape: as fast as any others. */
record RandomWeights(TransformerConfig config) implements WeightSource {
    static final int SEED = 1;
    private static final float SPREAD = 0.02f;

    @Override
    public NDArray load(NDManager manager, String name) {
        long[] shape = Objects.requireNonNull(config.format().shapes(config).get(name), name);
        return manager.randomNormal(0, SPREAD, new Shape(shape), DataType.FLOAT32);
    }
}
