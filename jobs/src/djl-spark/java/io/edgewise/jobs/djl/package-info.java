/** Code that needs DJL's Spark extension; built only with the profile {@code djl-spark}. */
@NullMarked
package io.edgewise.jobs.djl;

import org.jspecify.annotations.NullMarked;
