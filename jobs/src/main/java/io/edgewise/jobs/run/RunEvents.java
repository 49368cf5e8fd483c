package io.edgewise.jobs.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.InputException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of a run, for schedulers: one JSON object per line, with {@code time}, {@code run_id}, {@code event} and its details. Events
 * are {@code started}, {@code prompts}, {@code progress}, {@code waiting}, {@code task_failed}, {@code executor_lost}, {@code completed} and
 * {@code failed}.
 * Lines are appended to an existing file.
 */
final class RunEvents implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final @Nullable BufferedWriter file;
    private final String runId;

    private RunEvents(@Nullable BufferedWriter file, String runId) {
        this.file = file;
        this.runId = runId;
    }

    /**
     * @param path a file on the driver's disk; null for none
     * @throws InputException where it can't be written
     */
    static RunEvents open(@Nullable String path, String runId) {
        if (path == null) {
            return new RunEvents(null, runId);
        }
        try {
            Path file = Path.of(path).toAbsolutePath();
            Files.createDirectories(file.getParent());
            return new RunEvents(
                    Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), runId);
        } catch (IOException e) {
            throw new InputException("--events wants a file that can be written, got " + path + ": " + e, e);
        }
    }

    /** @param details names and texts, numbers, truth values or maps of such */
    synchronized void tell(String event, Map<String, ?> details) {
        if (file == null) {
            return;
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", Instant.now().toString());
        line.put("run_id", runId);
        line.put("event", event);
        line.putAll(details);
        try {
            file.write(JSON.writeValueAsString(line));
            file.newLine();
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write to --events", e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write to --events", e);
        }
    }
}
