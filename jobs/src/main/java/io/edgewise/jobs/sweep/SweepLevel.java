package io.edgewise.jobs.sweep;

import io.edgewise.InputException;
import io.edgewise.graph.Level;

/** What a sweep can do with scores of nodes and neurons. */
record SweepLevel(Level level) {

    /**
     * Refuses what is only defined for circuits of edges.
     *
     * @throws InputException where the settings ask for it
     */
    void check(SweepSettings settings) {
        if (level == Level.EDGE) {
            return;
        }
        refuse("--metrics cpr and cmd", !settings.metrics().areas().isEmpty());
        refuse("--tests", settings.checks().tests());
        refuse("--known-edges", !settings.products().knownEdges().isEmpty());
        refuse("--render-graph", settings.products().figure() != null);
    }

    private void refuse(String option, boolean isGiven) {
        if (isGiven) {
            throw new InputException(option + " wants circuits of edges, and these scores are of " + level.words()
                    + "; leave it out, or give scores of edges");
        }
    }
}
