/** What one executor does to one batch of prompts. */
@NullMarked
package io.edgewise;

import org.jspecify.annotations.NullMarked;
