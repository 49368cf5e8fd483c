/** The checks that every run makes of itself. */
@NullMarked
package io.edgewise.check;

import org.jspecify.annotations.NullMarked;
