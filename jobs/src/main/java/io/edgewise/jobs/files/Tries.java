package io.edgewise.jobs.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tries of one run: this one, those that were killed, and others that are at work at the same time. While a try is at work it has a sign,
 * a file that names its process and is written anew every few seconds. A try is dead where its process was on this machine and has ended, or
 * where its sign is older than a minute by the clock of the file system.
 */
final class Tries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tries.class);
    private static final Duration BETWEEN_SIGNS = Duration.ofSeconds(10);
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);
    private static final int MOST_BYTES = 1000;

    private final FileSystem files;
    private final Path directory;
    private final String own = UUID.randomUUID().toString();
    private @Nullable Timer signing;

    /** @param directory for the signs of all tries of the run */
    Tries(FileSystem files, Path directory) {
        this.files = files;
        this.directory = directory;
    }

    /** The name of this try. */
    String own() {
        return own;
    }

    /** Gives this try its sign, before it writes anything else. */
    synchronized void begin() {
        if (signing != null) {
            return;
        }
        try {
            sign();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write to " + directory, e);
        }
        signing = new Timer("edgewise-sign", true);
        signing.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        signAgain();
                    }
                },
                BETWEEN_SIGNS.toMillis(),
                BETWEEN_SIGNS.toMillis());
    }

    private synchronized void signAgain() {
        try {
            if (signing != null) {
                sign();
            }
        } catch (IOException e) {
            LOG.warn("Could not write to {}: {}", directory, e.getMessage());
        }
    }

    private void sign() throws IOException {
        try (OutputStream out = files.create(new Path(directory, own), true)) {
            out.write(Writer.here().toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The names of the tries that are dead. */
    List<String> dead() throws IOException {
        return others(false);
    }

    /** The names of the other tries that are at work. */
    List<String> alive() throws IOException {
        return others(true);
    }

    private List<String> others(boolean living) throws IOException {
        List<FileStatus> signs = signs();
        List<String> others = new ArrayList<>();
        if (signs.stream().allMatch(this::isOwn)) {
            return others;
        }
        begin();
        long now = files.getFileStatus(new Path(directory, own)).getModificationTime();
        for (FileStatus sign : signs) {
            if (!isOwn(sign) && isDead(sign, now) != living) {
                others.add(sign.getPath().getName());
            }
        }
        return others;
    }

    private boolean isOwn(FileStatus sign) {
        return sign.getPath().getName().equals(own);
    }

    private boolean isDead(FileStatus sign, long now) throws IOException {
        try (InputStream in = files.open(sign.getPath())) {
            return now - sign.getModificationTime() > LONGEST_SILENCE.toMillis()
                    || Writer.of(new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8))
                            .hasEnded();
        } catch (FileNotFoundException e) {
            return false; // is written anew, or has just ended by itself
        }
    }

    private List<FileStatus> signs() throws IOException {
        try {
            return Arrays.asList(files.listStatus(directory));
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    /** Removes the sign of a dead try, of which nothing else is left. */
    void forget(String name) throws IOException {
        files.delete(new Path(directory, name), false);
    }

    /** Whether no try is at work and none was killed. */
    boolean areOver() throws IOException {
        return signs().isEmpty();
    }

    /** Removes this try's sign. */
    @Override
    public synchronized void close() throws IOException {
        if (signing != null) {
            signing.cancel();
            signing = null;
            forget(own);
        }
    }
}
