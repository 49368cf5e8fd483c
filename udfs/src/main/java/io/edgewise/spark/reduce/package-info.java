/** How executors add up what batches give. */
@NullMarked
package io.edgewise.spark.reduce;

import org.jspecify.annotations.NullMarked;
