/** How files of prompts become batches of tokens. */
@NullMarked
package io.edgewise.spark.prompt;

import org.jspecify.annotations.NullMarked;
