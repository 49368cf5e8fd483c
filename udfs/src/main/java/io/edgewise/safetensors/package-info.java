/** The safetensors file format: checked headers, memory-mapped reading, deterministic writing. */
@NullMarked
package io.edgewise.safetensors;

import org.jspecify.annotations.NullMarked;
