/** The computation graph of a transformer: nodes, edges, and the arrays that hold one number per edge. */
@NullMarked
package io.edgewise.graph;

import org.jspecify.annotations.NullMarked;
