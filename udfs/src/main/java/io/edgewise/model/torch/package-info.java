/** PyTorch's functions that DJL has no method for, and the hardware that PyTorch runs on. */
@NullMarked
package io.edgewise.model.torch;

import org.jspecify.annotations.NullMarked;
