package io.edgewise.jobs.options;

import io.edgewise.score.mask.FaithfulnessTarget;
import picocli.CommandLine.Option;

/** The option of how far a circuit's output is from what is wanted. */
public final class FaithfulnessOption {
    @Option(
            names = "--faithfulness-target",
            paramLabel = "TARGET",
            defaultValue = "kl_div",
            description =
                    "For --method acdc, which knows kl_div and mse, and for ..._probing: how the output is compared with the clean one,"
                            + " ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private FaithfulnessTarget target;

    FaithfulnessTarget target() {
        return target;
    }
}
