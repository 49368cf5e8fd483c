/** A study: scoring edges and measuring circuits for any number of tasks and methods, and a report of it all. */
@NullMarked
package io.edgewise.jobs.study;

import org.jspecify.annotations.NullMarked;
