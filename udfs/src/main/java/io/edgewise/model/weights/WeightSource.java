package io.edgewise.model.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.edgewise.model.config.TransformerConfig;

/** Where a decoder's weights come from. */
public sealed interface WeightSource permits Checkpoint, RandomWeights {

    TransformerConfig config();

    /** The weight of a name, as float32. The manager owns it. */
    NDArray load(NDManager manager, String name);
}
