/** Scoring edges: the job, its settings and how it fits into memory. */
@NullMarked
package io.edgewise.jobs.score;

import org.jspecify.annotations.NullMarked;
