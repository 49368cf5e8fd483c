package io.edgewise.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes a file under another name first, and renames it when it is whole. So a task that is repeated or lost leaves no broken
 * file.
 */
final class WholeFile {
    private WholeFile() {}

    /** What is in a file. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes a file of which every writer's content is the same; one that is there stays. */
    static void write(Path file, Content content) {
        Path unfinished = new Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID());
        try {
            FileSystem files = file.getFileSystem(HadoopSettings.current());
            files.setWriteChecksum(false);
            try (OutputStream out = files.create(unfinished, true)) {
                content.writeTo(out);
            }
            if (!files.rename(unfinished, file)) {
                files.delete(unfinished, false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + file, e);
        }
    }
}
