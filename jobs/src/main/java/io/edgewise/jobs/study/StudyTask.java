package io.edgewise.jobs.study;

import io.edgewise.jobs.input.PromptSelection;

/**
 * A task of a study: a set of prompts, of which some score edges and others measure circuits.
 *
 * @param name the name of the task and its directory
 * @param scoring the prompts that score edges
 * @param measuring the prompts that measure circuits
 */
public record StudyTask(String name, PromptSelection scoring, PromptSelection measuring) {}
