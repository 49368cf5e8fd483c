package io.edgewise.jobs.run;

import io.edgewise.pipeline.BatchWatch;
import io.edgewise.reduce.BatchNotes;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The progress display: how many batches are done, how fast, and how long the rest will take. It is a bar on a terminal and an occasional
 * line elsewhere, on stderr or in a notebook, and the same is written as an event. It counts with a Spark accumulator, to which a retried
 * task adds again, so only the display uses the count.
 */
final class Progress implements BatchWatch, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final Duration LINE_EVERY = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final String what;
    private final int batches;
    private final RunEvents events;
    private final LongAccumulator done;
    private volatile int resumed;
    private volatile BatchNotes notes = BatchNotes.NONE;
    private final ProgressBar bar;
    private final Instant start = Instant.now();
    private Instant told = start;
    private long shown;
    private final ScheduledExecutorService poll = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "edgewise-progress");
        thread.setDaemon(true);
        return thread;
    });

    /** The library tells the end twice. */
    private static final class EndOnce implements Consumer<String> {
        private final Consumer<String> lines;
        private boolean ended;

        EndOnce(Consumer<String> lines) {
            this.lines = lines;
        }

        @Override
        public void accept(String line) {
            if (!ended) {
                ended = line.contains("100%");
                lines.accept(line);
            }
        }
    }

    Progress(Session session, String what, int batches, RunEvents events) {
        this.what = what;
        this.batches = batches;
        this.events = events;
        done = session.spark().sparkContext().longAccumulator("edgewise " + what + " batches");
        boolean terminal = isTerminal();
        RunMetrics.BATCHES.inc(batches);
        bar = new ProgressBarBuilder()
                .setTaskName(what)
                .setUnit(" batches", 1)
                .setInitialMax(batches)
                .showSpeed()
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis((int) (terminal ? LOOK_EVERY : LINE_EVERY).toMillis())
                .setConsumer(
                        terminal
                                ? new ConsoleProgressBarConsumer(System.err)
                                : new DelegatingProgressBarConsumer(new EndOnce(session.progress()::println), 100))
                .build();
        Future<?> unused = poll.scheduleAtFixedRate(
                this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @SuppressWarnings("SystemConsoleNull") // what Java 17 has to ask by
    private static boolean isTerminal() {
        return System.console() != null;
    }

    @Override
    public LongAccumulator done() {
        return done;
    }

    @Override
    public void resumed(int count) {
        resumed = count;
    }

    @Override
    public void unusable(int files) {
        LOG.warn(
                "{}: {} files of finished batches are broken or from other hardware; their batches are run again",
                what,
                files);
        events.tell("unusable", Map.of("work", what, "files", files));
    }

    /** How many batches an earlier run finished. */
    int resumed() {
        return resumed;
    }

    @Override
    public void noted(BatchNotes all) {
        notes = all;
    }

    /** The batches that were split, and the prompts that didn't fit. */
    BatchNotes notes() {
        return notes;
    }

    private synchronized void look() {
        long now = step();
        if (Duration.between(told, Instant.now()).compareTo(LINE_EVERY) >= 0) {
            told = Instant.now();
            tell(now);
        }
    }

    private long step() {
        long now = Math.min(done.value() + resumed, batches);
        RunMetrics.BATCHES_DONE.inc(now - shown);
        shown = now;
        bar.stepTo(now);
        return now;
    }

    private void tell(long now) {
        double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
        long run = now - resumed;
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put("work", what);
        progress.put("done", now);
        progress.put("batches", batches);
        progress.put("seconds", seconds);
        if (run > 0) {
            progress.put("batches_per_second", run / seconds);
            progress.put("seconds_left", (batches - now) * seconds / run);
        }
        events.tell("progress", progress);
    }

    @Override
    public void close() {
        poll.shutdownNow();
        synchronized (this) {
            long now = step();
            bar.close();
            tell(now);
        }
    }
}
