package io.edgewise.jobs.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The demo, run once for all tests that look at what it leaves, in whichever JVM of a build asks for it first.
 *
 * @param out its directory
 */
public record DemoRun(Path out, CommandRun run) {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private static final class Once {
        private static final DemoRun RUN = new DemoRun(TARGET.resolve("demo"), ofThisBuild());
    }

    public static DemoRun once() {
        return Once.RUN;
    }

    private static CommandRun ofThisBuild() {
        String build = System.getProperty(
                "edgewise.build", String.valueOf(ProcessHandle.current().pid()));
        Path said = TARGET.resolve("demo-" + build.replaceAll("\\W", "") + ".json");
        try (FileChannel lock = FileChannel.open(
                        TARGET.resolve("demo.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = lock.lock()) {
            ObjectMapper json = new ObjectMapper();
            if (Files.exists(said)) {
                return json.readValue(said.toFile(), CommandRun.class);
            }
            CommandRun run = CommandRun.of(
                    "demo",
                    "--demo-files",
                    CommandRun.demo("").toString(),
                    "--out",
                    TARGET.resolve("demo").toString(),
                    "--overwrite");
            json.writeValue(said.toFile(), run);
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory of a task. */
    public Path of(String task) {
        return out.resolve(task);
    }

    /** The directory of a task's scores or circuits. */
    public Path of(String task, String part) {
        return out.resolve(task).resolve("mask_gradient").resolve(part);
    }
}
