/** What needs DJL's Spark extension; in the build with the profile {@code djl-spark} alone. */
@NullMarked
package io.edgewise.jobs.djl;

import org.jspecify.annotations.NullMarked;
