/** The drawing of a circuit: its nodes in columns by layer and its edges as ribbons, as SVG or in an HTML page. */
@NullMarked
package io.edgewise.jobs.figure;

import org.jspecify.annotations.NullMarked;
