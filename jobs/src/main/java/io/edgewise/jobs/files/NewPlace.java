package io.edgewise.jobs.files;

import io.edgewise.InputException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A new file, or a new directory of files for another tool, that appears complete or not at all: it is written under a hidden name next to
 * its place until it is complete.
 */
public record NewPlace(String uri, boolean overwrite) {

    /** A writer of a file's bytes. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** @throws InputException where something that may not be replaced is there */
    public NewPlace {
        Path path = Hadoop.qualified(uri);
        if (path.getParent() == null) {
            throw new InputException("--out wants a file or directory of its own, got " + uri);
        }
        try {
            if (!overwrite && Hadoop.fileSystem(path).exists(path)) {
                throw new InputException("Output is already there: " + uri + "; give another --out, or --overwrite");
            }
        } catch (IOException e) {
            throw new InputException("Could not reach " + uri + ": " + e.getMessage(), e);
        }
    }

    /** Writes a file. */
    public void write(Content content) {
        Path path = Hadoop.qualified(uri);
        FileSystem files = Hadoop.fileSystem(path);
        try {
            if (files.exists(path) && files.getFileStatus(path).isDirectory()) {
                throw new InputException("--out wants a file, but " + uri + " is a directory; give another --out");
            }
            Path unfinished = unfinished(path);
            try {
                write(files, unfinished, content);
                replace(files, unfinished, path);
            } finally {
                files.delete(unfinished, false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + uri, e);
        }
    }

    /** Writes a directory of files, by their names in it. */
    public void write(Map<String, Content> contents) {
        write(contents, written -> true);
    }

    /**
     * Writes a directory of files that are checked before they appear.
     *
     * @param check whether the directory at an address may appear
     */
    public void write(Map<String, Content> contents, Predicate<String> check) {
        Path path = Hadoop.qualified(uri);
        FileSystem files = Hadoop.fileSystem(path);
        try {
            if (files.exists(path) && files.getFileStatus(path).isFile()) {
                throw new InputException("--out wants a directory, but " + uri + " is a file; give another --out");
            }
            Path unfinished = unfinished(path);
            try {
                for (Map.Entry<String, Content> content : contents.entrySet()) {
                    write(files, new Path(unfinished, content.getKey()), content.getValue());
                }
                if (check.test(unfinished.toString())) {
                    replace(files, unfinished, path);
                }
            } finally {
                files.delete(unfinished, true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + uri, e);
        }
    }

    private static Path unfinished(Path path) {
        return new Path(path.getParent(), "." + path.getName() + ".incomplete-" + UUID.randomUUID());
    }

    private static void write(FileSystem files, Path file, Content content) throws IOException {
        try (OutputStream out = new BufferedOutputStream(files.create(file, true))) {
            content.writeTo(out);
        }
    }

    private static void replace(FileSystem files, Path unfinished, Path path) throws IOException {
        files.delete(path, true);
        if (!files.rename(unfinished, path)) {
            throw new IOException("Could not rename " + unfinished + " to " + path);
        }
    }
}
