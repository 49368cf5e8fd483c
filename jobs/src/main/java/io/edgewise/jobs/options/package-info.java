/** Options that several commands share, and how they become settings. */
@NullMarked
package io.edgewise.jobs.options;

import org.jspecify.annotations.NullMarked;
