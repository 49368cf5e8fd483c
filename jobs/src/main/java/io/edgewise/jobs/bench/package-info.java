/** How fast scoring is, compared with plain passes of the same model. */
@NullMarked
package io.edgewise.jobs.bench;

import org.jspecify.annotations.NullMarked;
