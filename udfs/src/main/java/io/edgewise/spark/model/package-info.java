/** The models and devices of executors. */
@NullMarked
package io.edgewise.spark.model;

import org.jspecify.annotations.NullMarked;
