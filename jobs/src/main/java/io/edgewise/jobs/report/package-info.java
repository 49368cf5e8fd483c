/** The report: a page about scores and circuits, and a page that compares two. */
@NullMarked
package io.edgewise.jobs.report;

import org.jspecify.annotations.NullMarked;
