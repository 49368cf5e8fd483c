/** The decoder that runs on DJL arrays, patchable along every edge. */
@NullMarked
package io.edgewise.model;

import org.jspecify.annotations.NullMarked;
