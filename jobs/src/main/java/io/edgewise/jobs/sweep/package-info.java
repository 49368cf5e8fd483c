/** Running and measuring circuits: the job, its settings and its headline. */
@NullMarked
package io.edgewise.jobs.sweep;

import org.jspecify.annotations.NullMarked;
