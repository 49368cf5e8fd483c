package io.edgewise.jobs.run;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * The archive of this JVM's classes from which later ones start faster, by Java's class-data sharing. {@code ./edgewise} names its file, by the
 * Java and the jars that it fits, where it isn't there yet.
 */
public final class ClassArchive {
    private static final String FILE = "edgewise.archive";
    /** A command that ran no Spark has loaded fewer, and its archive would help no other. */
    private static final int FEWEST_CLASSES = 10_000;

    /** Several times what it takes: Java ends where it can't write it all. */
    private static final long LEAST_SPACE = 1L << 30;

    private ClassArchive() {}

    /** Writes it where a file is named. What goes wrong costs nothing but time, so it isn't told. */
    public static void write() {
        @Nullable String file = System.getProperty(FILE);
        if (file != null && ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount() >= FEWEST_CLASSES) {
            Path archive = Path.of(file).toAbsolutePath();
            Path directory = archive.getParent();
            if (directory != null && directory.toFile().getUsableSpace() >= LEAST_SPACE) {
                write(archive, directory);
            }
        }
    }

    private static void write(Path archive, Path directory) {
        PrintStream out = System.out;
        Path made = archive.resolveSibling(
                archive.getFileName() + "." + ProcessHandle.current().pid());
        try {
            System.setOut(new PrintStream(
                    OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)); // Java names the file there
            dump(made);
            Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE); // another command may make it, too
            deleteOlder(archive, directory);
        } catch (IOException | JMException | RuntimeException e) {
            made.toFile().delete();
        } finally {
            System.setOut(out);
        }
    }

    /** What {@code jcmd PID VM.cds dynamic_dump FILE} does. */
    private static void dump(Path file) throws JMException {
        ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "vmCds",
                        new Object[] {new String[] {"dynamic_dump", file.toString()}},
                        new String[] {String[].class.getName()});
    }

    /** Those of an earlier build or another Java. JVMs that use one keep it. */
    private static void deleteOlder(Path archive, Path directory) throws IOException {
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(directory, "*.jsa")) {
            for (Path other : archives) {
                if (!other.getFileName().equals(archive.getFileName())) {
                    Files.deleteIfExists(other);
                }
            }
        }
    }
}
