package io.edgewise.jobs.report;

/**
 * A prompt that was left out.
 *
 * @param where the prompt's file and place in it
 */
public record Rejection(String where, String reason) {}
