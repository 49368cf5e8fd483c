/** Residual streams that patch: what a destination reads when edges carry other activations. */
@NullMarked
package io.edgewise.model.stream;

import org.jspecify.annotations.NullMarked;
