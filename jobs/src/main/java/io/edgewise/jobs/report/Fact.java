package io.edgewise.jobs.report;

/** One line on how a study was made. */
public record Fact(String label, String value) {}
