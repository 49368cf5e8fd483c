/** Edgewise for notebooks and Java programs. */
@NullMarked
package io.edgewise.jobs.notebook;

import org.jspecify.annotations.NullMarked;
