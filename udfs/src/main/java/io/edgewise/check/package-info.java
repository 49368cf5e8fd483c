/** What every run checks of itself. */
@NullMarked
package io.edgewise.check;

import org.jspecify.annotations.NullMarked;
