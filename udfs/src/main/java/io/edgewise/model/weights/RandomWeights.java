package io.edgewise.model.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.config.TransformerConfig;
import java.util.Objects;

/** Random weights for a model of any shape, for timing. */
public record RandomWeights(TransformerConfig config) implements WeightSource {
    public static final int SEED = 1;
    private static final float SPREAD = 0.02f;

    @Override
    public NDArray load(NDManager manager, String name) {
        long[] shape = Objects.requireNonNull(WeightLayout.shapes(config).get(name), name);
        return manager.randomNormal(0, SPREAD, new Shape(shape), DataType.FLOAT32);
    }
}
