/** Weights: which tensors each format has, where they are, and how layers are built from them. */
@NullMarked
package io.edgewise.model.weights;

import org.jspecify.annotations.NullMarked;
