package io.edgewise.jobs.options;

import io.edgewise.jobs.files.Output;
import io.edgewise.jobs.files.OutputDirectory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the results' place. */
public final class OutputOptions {
    @Option(
            names = "--out",
            required = true,
            paramLabel = "URI",
            description = "Directory for the results; appears whole or not at all.")
    private String out;

    @Option(names = "--overwrite", description = "Replace the directory if it is there, once the new one is complete.")
    private boolean overwrite;

    @Option(
            names = "--resume",
            description =
                    "Continue from the batches that a stopped run with the same model, prompts and options finished; leave"
                            + " a complete run as it is.")
    private boolean resume;

    @Option(
            names = "--events",
            paramLabel = "FILE",
            description = "Append the run's events to a file, for schedulers: one JSON object per line.")
    private @Nullable String events;

    /** Where the results go. */
    public Output output() {
        return new Output(out, new OutputDirectory.IfThere(overwrite, resume), events);
    }
}
