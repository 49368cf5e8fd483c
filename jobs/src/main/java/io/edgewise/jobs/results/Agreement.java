package io.edgewise.jobs.results;

import io.edgewise.score.ScoreAgreement;

/**
 * How well a method's scores of a task agree with exact patching.
 *
 * @param chosenEdges the size of the method's circuit that is shown first, which its strongest edges were compared at too
 */
public record Agreement(String task, String method, int chosenEdges, ScoreAgreement scores) {}
