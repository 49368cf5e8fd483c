package io.edgewise.jobs;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;

/**
 * Shows on stderr how many batches are done, how fast, and how long it will take: a bar on a terminal, a line now and then
 * elsewhere. Counts with a Spark accumulator, which a retried task adds to again; so nothing but the display uses it.
 */
final class Progress implements AutoCloseable {
    private static final Duration LINE_EVERY = Duration.ofSeconds(10);

    private final LongAccumulator done;
    private final ProgressBar bar;
    private final ScheduledExecutorService poll = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "edgewise-progress");
        thread.setDaemon(true);
        return thread;
    });

    Progress(SparkSession spark, String what, int batches) {
        done = spark.sparkContext().longAccumulator("edgewise " + what + " batches");
        boolean terminal = System.console() != null;
        bar = new ProgressBarBuilder()
                .setTaskName(what)
                .setUnit(" batches", 1)
                .setInitialMax(batches)
                .showSpeed()
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis((int) (terminal ? 200 : LINE_EVERY.toMillis()))
                .setConsumer(
                        terminal
                                ? new ConsoleProgressBarConsumer(System.err)
                                : new DelegatingProgressBarConsumer(System.err::println, 100))
                .build();
        poll.scheduleAtFixedRate(() -> bar.stepTo(Math.min(done.value(), batches)), 200, 200, TimeUnit.MILLISECONDS);
    }

    LongAccumulator done() {
        return done;
    }

    @Override
    public void close() {
        poll.shutdownNow();
        bar.stepTo(Math.min(done.value(), bar.getMax()));
        bar.close();
    }
}
