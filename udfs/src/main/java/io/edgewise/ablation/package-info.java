/** What an edge carries when it is ablated. */
@NullMarked
package io.edgewise.ablation;

import org.jspecify.annotations.NullMarked;
