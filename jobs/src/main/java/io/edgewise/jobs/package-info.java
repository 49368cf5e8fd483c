/** The command: options, files, manifest, report. */
@NullMarked
package io.edgewise.jobs;

import org.jspecify.annotations.NullMarked;
