package io.edgewise.jobs.files;

import io.edgewise.InputException;
import io.edgewise.spark.Connectors;
import io.edgewise.spark.UserInfo;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The file systems that Hadoop knows: local disks, HDFS, object stores. */
public final class Hadoop {
    private Hadoop() {}

    /** The file system of a path, with the running Spark's settings or the defaults. */
    public static FileSystem fileSystem(Path path) {
        FileSystem files = Connectors.fileSystem(path);
        files.setWriteChecksum(false);
        return files;
    }

    /** Whether there is a file or a directory. */
    public static boolean isThere(Path path) {
        try {
            return fileSystem(path).exists(path);
        } catch (IOException e) {
            throw new InputException("Could not reach " + path + ": " + e.getMessage(), e);
        }
    }

    /** A path that names the same place in every process. */
    public static Path qualified(String uri) {
        UserInfo.refuse(uri);
        try {
            Path path = new Path(uri);
            return fileSystem(path).makeQualified(path);
        } catch (IllegalArgumentException e) {
            throw new InputException("Not a path: " + uri + " (" + e.getMessage() + ")", e);
        }
    }
}
