package io.edgewise.jobs.files;

import io.edgewise.jobs.files.OutputDirectory.IfThere;
import org.jspecify.annotations.Nullable;

/**
 * Where a job's results go, and who hears of its progress.
 *
 * @param uri the directory for the results
 * @param ifThere what to do with a directory that is there already
 * @param events the file that events are added to, one JSON object per line; null for none
 * @param isInParts whether what is written outlives a run that was stopped, as its parts are complete in themselves
 */
public record Output(String uri, IfThere ifThere, @Nullable String events, boolean isInParts) {
    /** A directory that appears whole or not at all. */
    public Output(String uri, IfThere ifThere, @Nullable String events) {
        this(uri, ifThere, events, false);
    }

    /** The same, for a job whose parts are complete in themselves. */
    public Output inParts() {
        return new Output(uri, ifThere, events, true);
    }

    /** Where results of a part of the job go, which are left as they are if they are there. */
    public Output part(String partUri) {
        return new Output(partUri, new IfThere(false, true), events);
    }

    /** The directory as the user is told of it: a path where it is on a local disk. */
    public String target() {
        return OutputDirectory.shown(uri);
    }

    /**
     * Opens the directory for a run; nothing is to be seen of it until it is complete.
     *
     * @param runId says what is computed: runs of the same one give the same
     * @throws io.edgewise.InputException where the directory is there and must not be overwritten
     */
    public OutputDirectory open(String runId) {
        return OutputDirectory.open(this, runId);
    }
}
