package io.edgewise.jobs.study;

import io.edgewise.jobs.input.PromptSelection;
import io.edgewise.jobs.sweep.SweepSettings;

/**
 * A task of a study: a set of prompts, of which some score edges and others measure circuits.
 *
 * @param name the name of the task and its directory
 * @param scoring the prompts that score edges
 * @param measuring the prompts that measure circuits
 * @param circuits which circuits are run and what is measured
 */
public record StudyTask(String name, PromptSelection scoring, PromptSelection measuring, SweepSettings circuits) {}
