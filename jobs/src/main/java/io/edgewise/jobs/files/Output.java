package io.edgewise.jobs.files;

import io.edgewise.jobs.files.OutputDirectory.IfThere;
import org.jspecify.annotations.Nullable;

/**
 * The place of a job's results, and the file of its events.
 *
 * @param uri the directory for the results
 * @param ifThere what to do with a directory that is there already
 * @param events the file that events are added to, one JSON object per line; null for none
 * @param isInParts whether the parts of an incomplete run are kept, as each part is complete in itself
 */
public record Output(String uri, IfThere ifThere, @Nullable String events, boolean isInParts) {
    /** An output directory that appears complete or not at all. */
    public Output(String uri, IfThere ifThere, @Nullable String events) {
        this(uri, ifThere, events, false);
    }

    /** The same, for a job whose parts are complete in themselves. */
    public Output inParts() {
        return new Output(uri, ifThere, events, true);
    }

    /** The place of a part's results. Results that are there are left as they are. */
    public Output part(String partUri) {
        return new Output(partUri, new IfThere(false, true), events);
    }

    /** The directory as messages show it: a path where it is on a local disk. */
    public String target() {
        return OutputDirectory.shown(uri);
    }

    /**
     * Opens the directory for a run. It isn't visible until it is complete.
     *
     * @param runId identifies what is computed: runs with the same id have the same results
     * @throws io.edgewise.InputException where the directory is there and must not be overwritten
     */
    public OutputDirectory open(String runId) {
        return OutputDirectory.open(this, runId);
    }
}
