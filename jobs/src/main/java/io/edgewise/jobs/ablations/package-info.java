/** Writing what ablated edges carry. */
@NullMarked
package io.edgewise.jobs.ablations;

import org.jspecify.annotations.NullMarked;
