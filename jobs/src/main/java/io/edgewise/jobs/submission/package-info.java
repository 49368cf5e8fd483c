/** Submissions to the circuit localization track of the MIB benchmark. */
@NullMarked
package io.edgewise.jobs.submission;

import org.jspecify.annotations.NullMarked;
