/** A running job: its Spark session, progress, events, faults and checks. */
@NullMarked
package io.edgewise.jobs.run;

import org.jspecify.annotations.NullMarked;
