/** Files: Hadoop paths, and directories that appear complete or not at all. */
@NullMarked
package io.edgewise.jobs.files;

import org.jspecify.annotations.NullMarked;
