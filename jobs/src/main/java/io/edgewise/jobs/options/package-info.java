/** Options that several commands share. */
@NullMarked
package io.edgewise.jobs.options;

import org.jspecify.annotations.NullMarked;
