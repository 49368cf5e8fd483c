/** Scores and circuits in the formats of other tools. */
@NullMarked
package io.edgewise.jobs.export;

import org.jspecify.annotations.NullMarked;
