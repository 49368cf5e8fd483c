/** The function classes that Spark ships to its executors. */
@NullMarked
package io.edgewise.spark;

import org.jspecify.annotations.NullMarked;
