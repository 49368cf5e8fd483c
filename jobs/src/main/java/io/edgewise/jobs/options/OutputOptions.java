package io.edgewise.jobs.options;

import io.edgewise.jobs.files.OutputDirectory;
import picocli.CommandLine.Option;

/** Where results go. */
public final class OutputOptions {
    @Option(
            names = "--out",
            required = true,
            paramLabel = "URI",
            description = "Directory for the results; appears whole or not at all.")
    private String out;

    @Option(names = "--overwrite", description = "Replace the directory if it is there, once the new one is complete.")
    private boolean overwrite;

    /** Whether what is there may be replaced. */
    public boolean overwrites() {
        return overwrite;
    }

    public OutputDirectory open() {
        return OutputDirectory.open(out, overwrite);
    }
}
