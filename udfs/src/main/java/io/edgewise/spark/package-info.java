/** What the functions that Spark ships to its executors share. */
@NullMarked
package io.edgewise.spark;

import org.jspecify.annotations.NullMarked;
