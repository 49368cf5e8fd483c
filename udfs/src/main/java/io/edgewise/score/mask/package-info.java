/** Learned masks: what they are trained for, one step of the training, and what scores they become. */
@NullMarked
package io.edgewise.score.mask;

import org.jspecify.annotations.NullMarked;
