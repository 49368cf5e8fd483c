/** What is measured on a circuit's output. */
@NullMarked
package io.edgewise.metric;

import org.jspecify.annotations.NullMarked;
