package io.edgewise.jobs.options;

import io.edgewise.uncertainty.Bootstrap;
import picocli.CommandLine.Option;

/** How intervals are found. */
final class BootstrapOption {
    @Option(
            names = "--bootstrap",
            defaultValue = "200",
            paramLabel = "B",
            description =
                    "Give every measurement a 95%% interval over the choice of prompts, from B replicates of the Poisson"
                            + " bootstrap; 0 for none (default: ${DEFAULT-VALUE}).")
    private int replicates;

    /** The replicates. */
    Bootstrap bootstrap() {
        return new Bootstrap(replicates, 0);
    }
}
