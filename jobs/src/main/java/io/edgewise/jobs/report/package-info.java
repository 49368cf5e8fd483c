/** The report page: one HTML file with the curves, the circuit and the edges of one or more studies. */
@NullMarked
package io.edgewise.jobs.report;

import org.jspecify.annotations.NullMarked;
