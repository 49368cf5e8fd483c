package io.edgewise.spark;

import io.edgewise.InputException;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.util.VersionInfo;

/** The file systems that Hadoop knows. Some need a connector, a package that neither Spark nor Edgewise brings along. */
public final class Connectors {
    private static final Map<String, String> OF_HADOOP = Map.of(
            "s3a", "hadoop-aws",
            "abfs", "hadoop-azure",
            "abfss", "hadoop-azure",
            "wasb", "hadoop-azure",
            "wasbs", "hadoop-azure",
            "oss", "hadoop-aliyun",
            "cosn", "hadoop-cos");

    private Connectors() {}

    /**
     * The file system of a path, with the running Spark's settings or the defaults.
     *
     * @throws InputException where its connector is missing or it can't be reached
     */
    public static FileSystem fileSystem(Path path) {
        try {
            return path.getFileSystem(HadoopSettings.current());
        } catch (UnsupportedFileSystemException e) {
            throw new InputException(missing(path), e);
        } catch (IOException | RuntimeException e) {
            if (e.getCause() instanceof ClassNotFoundException) {
                throw new InputException(missing(path), e);
            }
            throw new InputException("Could not reach " + path + ": " + e.getMessage(), e);
        }
    }

    private static String missing(Path path) {
        String scheme = path.toUri().getScheme();
        String known = OF_HADOOP.get(scheme);
        String start = "Nothing here reads and writes " + scheme + ":// (" + path + "): ";
        if (known != null) {
            String connector = "org.apache.hadoop:" + known + ":" + VersionInfo.getVersion();
            return start + "that takes the connector " + connector + "; give spark-submit --packages " + connector
                    + ", or set EDGEWISE_PACKAGES=" + connector + " for ./edgewise";
        }
        return switch (scheme) {
            case "s3", "s3n" -> start + "Hadoop's addresses of S3 begin with s3a://";
            case "gs" ->
                start
                        + "that takes the shaded jar of com.google.cloud.bigdataoss:gcs-connector; give spark-submit --jars JAR,"
                        + " or set EDGEWISE_SPARK_ARGS='--jars JAR' for ./edgewise";
            default ->
                start
                        + "no file system that Hadoop knows has that name; give spark-submit --jars the jar of its connector";
        };
    }
}
