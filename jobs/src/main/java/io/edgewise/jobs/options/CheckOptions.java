package io.edgewise.jobs.options;

import io.edgewise.jobs.sweep.Checks;
import io.edgewise.uncertainty.Bootstrap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of intervals, random circuits and tests. */
final class CheckOptions {
    @Option(
            names = "--bootstrap",
            defaultValue = "200",
            paramLabel = "B",
            description =
                    "Give every measurement a 95%% interval over the choice of prompts, from B replicates of the Poisson"
                            + " bootstrap; 0 for none (default: ${DEFAULT-VALUE}).")
    private int replicates;

    @Option(
            names = "--controls",
            paramLabel = "R",
            description =
                    "Also measure R random circuits of the same number of edges, and R with the same number into each layer, at up"
                            + " to 8 of the sizes: controls/ (default: 0; 5 in a study).")
    private @Nullable Integer controls;

    @Option(
            names = "--tests",
            description =
                    "Test the headline's circuit: is it equivalent to the whole model, is the rest independent of the model, does"
                            + " it need each edge: tests/. Runs one more circuit for each of its edges, at most 200, and 100 with a random edge"
                            + " added, on the first 500 prompts.")
    private boolean tests;

    /**
     * The checks that were asked for.
     *
     * @param usualControls how many random circuits there are where their number wasn't given
     */
    Checks checks(int usualControls) {
        return new Checks(new Bootstrap(replicates, 0), controls == null ? usualControls : controls, tests);
    }
}
