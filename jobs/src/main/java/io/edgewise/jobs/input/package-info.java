/** What a job reads: models, prompts and scores, checked as untrusted files are. */
@NullMarked
package io.edgewise.jobs.input;

import org.jspecify.annotations.NullMarked;
