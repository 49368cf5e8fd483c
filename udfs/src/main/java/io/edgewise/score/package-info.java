/** Prune scores: how much each edge matters. */
@NullMarked
package io.edgewise.score;

import org.jspecify.annotations.NullMarked;
