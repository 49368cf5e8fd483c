package io.edgewise.jobs.files;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** An object store on the local disk, {@code store:///path}: it renames files alone, and can be made to stop. */
public final class StoreFileSystem extends RawLocalFileSystem {
    /** How many files may be renamed before that fails. */
    static final AtomicInteger RENAMES = new AtomicInteger(Integer.MAX_VALUE);

    @Override
    public URI getUri() {
        return URI.create("store:///");
    }

    @Override
    public File pathToFile(Path path) {
        return new File(path.toUri().getPath());
    }

    /** Without permissions, which Hadoop asks of addresses of local files alone. */
    @Override
    public FileStatus[] listStatus(Path directory) throws IOException {
        return Arrays.stream(super.listStatus(directory))
                .map(file -> new FileStatus(
                        file.getLen(), file.isDirectory(), 1, 1, file.getModificationTime(), file.getPath()))
                .toArray(FileStatus[]::new);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        return super.delete(known(path), recursive);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return super.getFileStatus(known(path));
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return super.exists(known(path));
    }

    private static Path known(Path path) throws IOException {
        if (path.toUri().getPath().startsWith("/nosuch/")) {
            throw new PathIOException(path.toString(), "The specified bucket does not exist");
        }
        return path;
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        if (getFileStatus(from).isDirectory() || exists(to)) {
            throw new IOException("Objects alone are renamed, to where there are none");
        }
        if (RENAMES.getAndDecrement() <= 0) {
            throw new IOException("Stopped");
        }
        return super.rename(from, to);
    }
}
