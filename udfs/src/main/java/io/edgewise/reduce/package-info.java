/** Sums over batches that come out the same to the last bit on any cluster. */
@NullMarked
package io.edgewise.reduce;

import org.jspecify.annotations.NullMarked;
