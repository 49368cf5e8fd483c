/** Functions for Spark SQL. */
@NullMarked
package io.edgewise.spark.sql;

import org.jspecify.annotations.NullMarked;
