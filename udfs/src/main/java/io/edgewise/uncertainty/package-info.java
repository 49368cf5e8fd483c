/** The errors of numbers that depend on prompts: intervals, tests, and the bootstrap that intervals come from. */
@NullMarked
package io.edgewise.uncertainty;

import org.jspecify.annotations.NullMarked;
