package io.edgewise.jobs.options;

import io.edgewise.model.torch.ComputeType;
import picocli.CommandLine.Option;

/** The type of a model's numbers, for commands that run no job. */
public final class DtypeOption {
    @Option(
            names = "--dtype",
            paramLabel = "DTYPE",
            defaultValue = "float32",
            description =
                    "Number type that the model's matrices are held and multiplied in: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ComputeType dtype;

    /** The type that matrices are held and multiplied in. */
    public ComputeType type() {
        return dtype;
    }
}
