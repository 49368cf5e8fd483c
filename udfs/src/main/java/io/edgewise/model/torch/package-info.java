/** What PyTorch does for us that DJL has no method for, and what it runs on. */
@NullMarked
package io.edgewise.model.torch;

import org.jspecify.annotations.NullMarked;
