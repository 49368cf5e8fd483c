/** What each prompt adds to scores: files of shares, and the replicates and groups that are drawn from them. */
@NullMarked
package io.edgewise.spark.share;

import org.jspecify.annotations.NullMarked;
