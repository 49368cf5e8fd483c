/** A job under way: its Spark session, progress, events, faults and checks. */
@NullMarked
package io.edgewise.jobs.run;

import org.jspecify.annotations.NullMarked;
