package io.edgewise.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A writer that writes a file under another name first, and renames it when it is complete. So a task that is repeated or lost leaves no broken file.
 */
public final class WholeFile {
    private WholeFile() {}

    /** The content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes a file whose content is the same from every writer; an existing file stays. */
    public static void write(Path file, Content content) {
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
