/** Circuits that are chosen as wholes: the edges of largest total strength of which each is on a path from the start to the end. */
@NullMarked
package io.edgewise.selection;

import org.jspecify.annotations.NullMarked;
