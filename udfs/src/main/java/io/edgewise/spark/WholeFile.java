package io.edgewise.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * A writer that writes a file under another name first, and renames it when it is complete. So a task that is repeated or lost leaves no broken file.
 */
public final class WholeFile {
    private static final Pattern UNFINISHED = Pattern.compile("\\..+\\.unfinished-[0-9a-f-]{36}");

    private WholeFile() {}

    /** The content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes a file whose content is the same from every writer; an existing file stays. */
    public static void write(Path file, Content content) {
        Path unfinished = new Path(file.getParent(), "." + file.getName() + ".unfinished-" + UUID.randomUUID());
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

    /** Removes what lost tasks left in a directory, and in those below it. */
    public static void removeUnfinished(FileSystem files, Path directory) throws IOException {
        RemoteIterator<LocatedFileStatus> found = files.listFiles(directory, true);
        while (found.hasNext()) {
            Path file = found.next().getPath();
            if (UNFINISHED.matcher(file.getName()).matches()) {
                files.delete(file, false);
            }
        }
    }
}
