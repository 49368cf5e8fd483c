/** The commands: one class for each, with its help and what it prints. */
@NullMarked
package io.edgewise.jobs.command;

import org.jspecify.annotations.NullMarked;
