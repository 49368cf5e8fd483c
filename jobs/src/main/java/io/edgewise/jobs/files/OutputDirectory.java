package io.edgewise.jobs.files;

import io.edgewise.InputException;
import io.edgewise.spark.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A result directory that appears complete or not at all. Everything is written to a hidden directory next to it, which gets the
 * directory's name when it is complete; until then an older directory of that name stays as it was. Closing without completing removes what
 * was written, except for finished batches: they stay in another hidden directory, named by the run, until the run is complete. What a run left
 * that was killed is removed by the next try of the same run.
 *
 * <p>Where a directory can't be renamed at once, it appears file by file, and is complete when {@code _SUCCESS} is there.
 *
 * <p>Several runs may write one directory at once: each has a hidden directory of its own, and the last one to complete stays.
 */
public final class OutputDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutputDirectory.class);
    private static final int TRIES = 10;

    private final FileSystem files;
    private final Path target;
    private final String runId;
    private final HiddenDirectories hidden;
    private final PieceByPiece pieces;
    private final IfThere ifThere;
    private boolean isComplete;

    /**
     * What to do with what is there already.
     *
     * @param overwrites whether a result may be replaced
     * @param resumes whether batches that the same run finished earlier are used
     */
    public record IfThere(boolean overwrites, boolean resumes) {}

    private OutputDirectory(FileSystem files, Path target, String runId, Output output) {
        this.files = files;
        this.target = target;
        this.runId = runId;
        this.ifThere = output.ifThere();
        this.pieces = new PieceByPiece(files, target);
        this.hidden = new HiddenDirectories(files, target, runId, output.isInParts());
    }

    static OutputDirectory open(Output output, String runId) {
        String uri = output.uri();
        Path target = Hadoop.qualified(uri);
        if (target.getParent() == null) {
            throw new InputException("--out wants a directory of its own, got " + uri);
        }
        OutputDirectory directory = new OutputDirectory(Hadoop.fileSystem(target), target, runId, output);
        try {
            directory.prepare(uri);
            return directory;
        } catch (IOException e) {
            directory.closeAfter(e);
            throw new InputException("Could not reach " + uri + ": " + e.getMessage(), e);
        } catch (InputException e) {
            directory.closeAfter(e);
            throw e;
        }
    }

    private void closeAfter(Exception failure) {
        try {
            close();
        } catch (UncheckedIOException e) {
            failure.addSuppressed(e);
        }
    }

    private void prepare(String uri) throws IOException {
        if (ifThere.resumes()) {
            bringRest();
        }
        hidden.clearDead();
        if (files.exists(target) && !files.getFileStatus(target).isDirectory()) {
            throw new InputException("--out wants a directory, but " + uri + " is a file; give another --out");
        }
        if (files.exists(target) && !ifThere.overwrites() && !isDone() && !isHalfWritten()) {
            throw new InputException("Output directory is already there"
                    + (ifThere.resumes() ? ", of another run: " : ": ") + uri + "; give another --out, or --overwrite");
        }
        if (!ifThere.resumes()) {
            hidden.discardFinished();
        }
    }

    /** Whether a try of this run that was stopped has left the directory so, and it may be continued. */
    private boolean isHalfWritten() throws IOException {
        return ifThere.resumes()
                && pieces.halfWritten().filter(mark -> mark.run().equals(runId)).isPresent();
    }

    /** Completes what a try of this run had begun that was killed while its result appeared. */
    private void bringRest() throws IOException {
        Optional<PieceByPiece.Mark> mark =
                pieces.halfWritten().filter(half -> half.run().equals(runId));
        if (mark.isPresent()) {
            Path whole = hidden.working(mark.get().attempt());
            if (!hidden.isAlive(mark.get().attempt()) && files.exists(new Path(whole, PieceByPiece.SUCCESS))) {
                pieces.bringRest(whole, mark.get());
            }
        }
    }

    /** Whether the directory is there, complete, and of this run. Then there is nothing to do. */
    public boolean isDone() {
        try {
            return ifThere.resumes()
                    && !ifThere.overwrites()
                    && files.exists(new Path(target, PieceByPiece.SUCCESS))
                    && ManifestFile.find(target).path("run_id").asText().equals(runId);
        } catch (IOException e) {
            throw new InputException("Could not read " + target + ": " + e.getMessage(), e);
        }
    }

    /** Removes finished batches, which a complete run doesn't need, and what tries of it left that were killed. */
    public void discardKept() {
        try {
            hidden.clearDead();
            hidden.discardFinished();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not remove what is hidden beside " + target, e);
        }
    }

    /** The place where finished batches are kept until the directory is complete. */
    public String kept(String name) {
        hidden.begin();
        return new Path(hidden.kept(), name).toString();
    }

    /** The place where a file or table of the directory is written before the directory is complete. */
    public String child(String name) {
        return inWorking(name).toString();
    }

    private Path inWorking(String name) {
        hidden.begin();
        return new Path(hidden.working(), name);
    }

    /** The directory's name once it is complete. */
    public String target() {
        return shown(target);
    }

    /** A directory as messages show it: a path where it lies on a local disk. */
    public static String shown(String uri) {
        return shown(Hadoop.qualified(uri));
    }

    private static String shown(Path target) {
        return target.toUri().getScheme().equals("file") ? target.toUri().getPath() : target.toString();
    }

    public void write(String name, byte[] content) {
        try (OutputStream out = files.create(inWorking(name), true)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + name + " for " + target, e);
        }
    }

    public void write(String name, String content) {
        write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Marks the directory complete and gives it its name. */
    public void complete() {
        try {
            WholeFile.removeUnfinished(files, hidden.working());
            write(PieceByPiece.SUCCESS, new byte[0]);
            for (int tries = 0; !moved(); tries++) {
                if (tries == TRIES) {
                    throw new IOException("Could not rename " + hidden.working() + " to " + target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        isComplete = true;
        discardKept();
        close();
    }

    /** Tries to give the directory its name. Where another run takes it in the meantime, a file system may move this directory into the other. */
    private boolean moved() throws IOException {
        Path working = hidden.working();
        Path old = hidden.replaced();
        if (isDone()) {
            return true; // by another try of this run, with the same results
        }
        boolean replaces = files.exists(target);
        if (replaces && !ifThere.overwrites() && !isHalfWritten()) {
            throw new InputException("Output directory appeared while this run was under way: " + target
                    + "; give another --out, or --overwrite");
        }
        if (PieceByPiece.isNeeded(target)) {
            pieces.bring(working, runId, hidden.attempt());
            return true;
        }
        if (replaces && !files.rename(target, old)) {
            return false;
        }
        boolean renamed = files.rename(working, target);
        Path within = new Path(target, working.getName());
        boolean isWithin = renamed && files.exists(within);
        if (isWithin && !files.rename(within, working)) {
            throw new IOException("Could not take " + within + " out again");
        }
        if (replaces) {
            hidden.settle(old);
        }
        return renamed && !isWithin;
    }

    @Override
    public void close() {
        try {
            if (isComplete) {
                hidden.discardFinished(); // what a task wrote that ended after the run
            }
            hidden.close();
            if (!isComplete && hidden.haveFinished()) {
                LOG.info("Finished work is kept: the same command with --resume continues from there");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not remove what is hidden beside " + target, e);
        }
    }
}
