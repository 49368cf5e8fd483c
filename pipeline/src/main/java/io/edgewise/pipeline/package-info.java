/** Datasets in, Datasets out: the Spark jobs, without arguments or file names. */
@NullMarked
package io.edgewise.pipeline;

import org.jspecify.annotations.NullMarked;
