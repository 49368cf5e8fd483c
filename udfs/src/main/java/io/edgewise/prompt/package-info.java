/** Prompt pairs, batches of them, and the tokenizer that makes them from text. */
@NullMarked
package io.edgewise.prompt;

import org.jspecify.annotations.NullMarked;
