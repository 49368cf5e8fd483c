package io.edgewise.jobs.files;

import io.edgewise.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A result directory that appears whole or not at all. Everything is written to a hidden neighbour, which takes the
 * directory's name when it is complete; until then an older directory of that name stays as it was. Closing without
 * completing removes what was written.
 */
public final class OutputDirectory implements AutoCloseable {
    private static final String SUCCESS = "_SUCCESS";

    private final FileSystem files;
    private final Path target;
    private final Path working;
    private final boolean overwrite;

    private OutputDirectory(FileSystem files, Path target, boolean overwrite) {
        this.files = files;
        this.target = target;
        this.overwrite = overwrite;
        this.working = new Path(target.getParent(), "." + target.getName() + ".incomplete-" + UUID.randomUUID());
    }

    /**
     * @throws InputException where the directory is there and must not be overwritten
     */
    public static OutputDirectory open(String uri, boolean overwrite) {
        Path target = Hadoop.qualified(uri);
        FileSystem files = Hadoop.fileSystem(target);
        if (target.getParent() == null) {
            throw new InputException("--out wants a directory of its own, got " + uri);
        }
        try {
            if (files.exists(target) && !overwrite) {
                throw new InputException(
                        "Output directory is already there: " + uri + "; give another --out, or --overwrite");
            }
            if (files.exists(target) && !files.getFileStatus(target).isDirectory()) {
                throw new InputException("--out wants a directory, but " + uri + " is a file; give another --out");
            }
            return new OutputDirectory(files, target, overwrite);
        } catch (IOException e) {
            throw new InputException("Could not reach " + uri + ": " + e.getMessage(), e);
        }
    }

    /** Where a file or table of the directory is written before it is complete. */
    public String child(String name) {
        return new Path(working, name).toString();
    }

    /** The directory's name once it is complete. */
    public String target() {
        return target.toUri().getScheme().equals("file") ? target.toUri().getPath() : target.toString();
    }

    public void write(String name, byte[] content) {
        try (OutputStream out = files.create(new Path(working, name), true)) {
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
        write(SUCCESS, new byte[0]);
        Path old = new Path(target.getParent(), "." + target.getName() + ".replaced-" + UUID.randomUUID());
        try {
            boolean replaces = files.exists(target);
            if (replaces && !overwrite) {
                throw new InputException("Output directory appeared while this run was under way: " + target
                        + "; give another --out, or --overwrite");
            }
            if (replaces && !files.rename(target, old)) {
                throw new IOException("Could not move " + target + " away");
            }
            if (!files.rename(working, target)) {
                throw new IOException("Could not rename " + working + " to " + target);
            }
            if (replaces) {
                files.delete(old, true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            files.delete(working, true);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not remove " + working, e);
        }
    }
}
