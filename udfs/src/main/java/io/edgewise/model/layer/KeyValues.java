package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;

/**
 * Keys and values of one block at the positions of a prefix.
 *
 * @param keys {@code [1, head, position, d_head]}
 * @param values of the same shape
 */
record KeyValues(NDArray keys, NDArray values) {}
