/** Where files are: Hadoop paths, and directories that appear whole or not at all. */
@NullMarked
package io.edgewise.jobs.files;

import org.jspecify.annotations.NullMarked;
