package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;

/** What a block has beside attention: one node, which reads the residual stream and adds to it. */
public sealed interface FeedForward permits Mixture, Mlp {

    /** What is added to the residual stream, {@code [b, s, d]}. */
    NDArray apply(NDArray residual, Hooks hooks, String at);

    /** The same, with rules of the backward pass. */
    FeedForward with(Relevance relevance);
}
