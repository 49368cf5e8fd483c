package io.edgewise.jobs.options;

import io.edgewise.jobs.files.OutputDirectory;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--resume",
            description =
                    "Go on from the batches that a run with the same model, prompts and options finished before it was"
                            + " stopped; where it was complete, leave it.")
    private boolean resume;

    @Option(
            names = "--events",
            paramLabel = "FILE",
            description = "Add what happens to a file, for schedulers: a JSON object a line.")
    private @Nullable String events;

    /** Whether what is there may be replaced. */
    public boolean overwrites() {
        return overwrite;
    }

    /** The directory as the user is told of it. */
    public String target() {
        return OutputDirectory.shown(out);
    }

    /** Where events go; null for nowhere. */
    public @Nullable String events() {
        return events;
    }

    /**
     * Opens the directory that the options name.
     *
     * @param runId says what is computed
     */
    public OutputDirectory open(String runId) {
        return OutputDirectory.open(out, runId, new OutputDirectory.IfThere(overwrite, resume));
    }
}
