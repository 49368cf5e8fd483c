package io.edgewise.jobs.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The hidden directories beside a result, which a run writes until the result is complete: {@code .NAME.incomplete-RUN-TRY} becomes the result,
 * or for a job in parts {@code .NAME.parts-RUN}, which all tries of the run share; {@code .NAME.batches-RUN} keeps finished batches and the
 * signs of the run's tries; {@code .NAME.replaced-RUN-TRY} is an older result, for the moment in which it is replaced.
 */
final class HiddenDirectories implements AutoCloseable {
    private static final String TRIES = "_tries";

    private final FileSystem files;
    private final Path target;
    private final String runId;
    private final boolean isInParts;
    private final Path kept;
    private final Tries tries;

    HiddenDirectories(FileSystem files, Path target, String runId, boolean isInParts) {
        this.files = files;
        this.target = target;
        this.runId = runId;
        this.isInParts = isInParts;
        this.kept = beside("batches-" + runId);
        this.tries = new Tries(files, new Path(kept, TRIES));
    }

    /** What becomes the result. */
    Path working() {
        return working(tries.own());
    }

    /** What becomes the result of a try. */
    Path working(String attempt) {
        return isInParts ? beside("parts-" + runId) : incomplete(attempt);
    }

    /** The name of this try. */
    String attempt() {
        return tries.own();
    }

    /** Whether another try of this name is at work. */
    boolean isAlive(String attempt) throws IOException {
        return tries.alive().contains(attempt);
    }

    /** Where finished batches are kept. */
    Path kept() {
        return kept;
    }

    /** Where an older result is put until this one has its place. */
    Path replaced() {
        return replaced(tries.own());
    }

    private Path incomplete(String name) {
        return beside("incomplete-" + runId + "-" + name);
    }

    private Path replaced(String name) {
        return beside("replaced-" + runId + "-" + name);
    }

    private Path beside(String what) {
        return new Path(target.getParent(), "." + target.getName() + "." + what);
    }

    /** Says that this try is at work, before it writes anything. */
    void begin() {
        tries.begin();
    }

    /** Clears what tries left that were killed: what they wrote is removed, and an older result that was to be replaced gets its place back. */
    void clearDead() throws IOException {
        for (String dead : tries.dead()) {
            files.delete(incomplete(dead), true);
            Path old = replaced(dead);
            if (files.exists(old)) {
                settle(old);
            }
            tries.forget(dead);
        }
    }

    /** Removes an older result that was replaced, or puts it back where nothing has got its place. */
    void settle(Path old) throws IOException {
        if (!(files.exists(target) ? files.delete(old, true) : files.rename(old, target))) {
            throw new IOException("Could not put " + old + " back");
        }
    }

    /** Removes finished batches and parts, unless another try uses them. */
    void discardFinished() throws IOException {
        if (!tries.alive().isEmpty()) {
            return;
        }
        for (FileStatus child : inKept()) {
            files.delete(child.getPath(), true);
        }
        if (isInParts) {
            files.delete(working(), true);
        }
    }

    /** Whether finished batches or parts are there. */
    boolean haveFinished() throws IOException {
        return isInParts ? files.exists(working()) : inKept().length > 0;
    }

    private FileStatus[] inKept() throws IOException {
        try {
            return files.listStatus(kept, path -> !path.getName().equals(TRIES));
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }

    /** Removes what this try wrote, except for finished batches and parts. */
    @Override
    public void close() throws IOException {
        if (!isInParts) {
            files.delete(working(), true);
        }
        tries.close();
        if (tries.areOver() && inKept().length == 0) {
            files.delete(kept, true);
        }
    }
}
