/** SQL functions on edges. */
@NullMarked
package io.edgewise.jobs.sql;

import org.jspecify.annotations.NullMarked;
