package io.edgewise.jobs.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.spark.package$;
import picocli.CommandLine.IVersionProvider;

/** The versions of Edgewise and of what it runs on, as the build recorded them. */
public final class Version implements IVersionProvider {
    private static final Properties BUILD = load();

    private static Properties load() {
        Properties properties = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
            properties.load(file);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String edgewise() {
        return BUILD.getProperty("edgewise");
    }

    public static String djl() {
        return BUILD.getProperty("djl");
    }

    public static String pytorch() {
        return BUILD.getProperty("pytorch");
    }

    public static String spark() {
        return package$.MODULE$.SPARK_VERSION();
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "edgewise " + edgewise() + " (Spark " + spark() + ", DJL " + djl() + ", PyTorch " + pytorch() + ")"
        };
    }
}
