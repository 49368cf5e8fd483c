package io.edgewise.jobs.files;

import io.edgewise.InputException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** The file systems that Hadoop knows: local disks, HDFS, object stores. */
public final class Hadoop {
    private Hadoop() {}

    /** The running Spark's settings, or the default ones. */
    public static FileSystem fileSystem(Path path) {
        Option<SparkSession> spark = SparkSession.getDefaultSession();
        Configuration settings =
                spark.isDefined() ? spark.get().sparkContext().hadoopConfiguration() : new Configuration();
        try {
            FileSystem files = path.getFileSystem(settings);
            files.setWriteChecksum(false);
            return files;
        } catch (IOException | IllegalArgumentException e) {
            throw new InputException("Could not reach " + path + ": " + e.getMessage(), e);
        }
    }

    /** A path that names the same place in every process. */
    public static Path qualified(String uri) {
        try {
            Path path = new Path(uri);
            return fileSystem(path).makeQualified(path);
        } catch (IllegalArgumentException e) {
            throw new InputException("Not a path: " + uri + " (" + e.getMessage() + ")", e);
        }
    }
}
