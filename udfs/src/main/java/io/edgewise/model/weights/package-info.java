/** Weights: which tensors each format has, where they lie, and how layers are made of them. */
@NullMarked
package io.edgewise.model.weights;

import org.jspecify.annotations.NullMarked;
