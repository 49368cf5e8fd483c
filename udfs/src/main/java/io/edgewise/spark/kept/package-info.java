/** The files that keep the results of finished batches for a run that goes on. */
@NullMarked
package io.edgewise.spark.kept;

import org.jspecify.annotations.NullMarked;
