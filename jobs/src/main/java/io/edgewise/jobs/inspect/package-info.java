/** A model's graph and what scoring it will need. */
@NullMarked
package io.edgewise.jobs.inspect;

import org.jspecify.annotations.NullMarked;
