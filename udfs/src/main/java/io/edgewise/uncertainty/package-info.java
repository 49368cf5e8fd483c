/** How far numbers that depend on prompts can be believed: intervals, and the bootstrap they come from. */
@NullMarked
package io.edgewise.uncertainty;

import org.jspecify.annotations.NullMarked;
