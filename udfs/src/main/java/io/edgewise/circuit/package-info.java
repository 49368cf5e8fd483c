/** Circuits of chosen sizes, and running them. */
@NullMarked
package io.edgewise.circuit;

import org.jspecify.annotations.NullMarked;
