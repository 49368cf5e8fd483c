/** What executors do with each batch of prompts: functions that Spark ships to them. */
@NullMarked
package io.edgewise.spark.batch;

import org.jspecify.annotations.NullMarked;
