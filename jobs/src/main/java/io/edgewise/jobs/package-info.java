/** The entry point. */
@NullMarked
package io.edgewise.jobs;

import org.jspecify.annotations.NullMarked;
