package io.edgewise.jobs.options;

import io.edgewise.jobs.run.Patience;
import io.edgewise.jobs.run.Session;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a job's executors. */
public final class ExecutorOptions {
    @Option(
            names = "--wait-for-executors",
            converter = DurationConverter.class,
            paramLabel = "TIME",
            description =
                    "Give up when a cluster has given no executor for so long, such as 90s, 10m or 2h (default: wait; after a"
                            + " minute a line says what was asked for and what the cluster has).")
    private @Nullable Duration wait;

    /** A command's session. */
    public Session session(String command) {
        return Session.ofCommand(command, wait == null ? Patience.ENDLESS : Patience.ENDLESS.until(wait));
    }
}
