/** What a job reads and writes: prompts, models, scores, tables, manifests, and directories that appear whole. */
@NullMarked
package io.edgewise.jobs.files;

import org.jspecify.annotations.NullMarked;
