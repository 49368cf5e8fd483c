/** The layers of a transformer, and one pass through them. */
@NullMarked
package io.edgewise.model.layer;

import org.jspecify.annotations.NullMarked;
