package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Where a decoder's weights come from. */
sealed interface WeightSource permits Checkpoint, RandomWeights {

    TransformerConfig config();

    /** The weight of a name, as float32. The manager owns it. */
    NDArray load(NDManager manager, String name);
}
