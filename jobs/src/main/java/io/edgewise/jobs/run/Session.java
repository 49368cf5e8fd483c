package io.edgewise.jobs.run;

import java.io.PrintStream;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * The Spark session that a job runs on.
 *
 * @param isOwn whether closing it stops Spark; an earlier session goes on
 * @param progress where progress is shown
 * @param watch over work that waits for executors; null in a part, as the whole has it
 */
public record Session(SparkSession spark, boolean isOwn, PrintStream progress, @Nullable ExecutorWatch watch)
        implements AutoCloseable {
    /** A command's session: the running one, or a new one. A command's stdout is for its result, so progress is on stderr. */
    public static Session ofCommand(String command, Patience patience) {
        return running()
                .map(spark -> watched(spark, false, System.err, patience))
                .orElseGet(() -> watched(start(command), true, System.err, patience));
    }

    /** A command's session, for work that waits as long as it takes. */
    public static Session ofCommand(String command) {
        return ofCommand(command, Patience.ENDLESS);
    }

    /** A notebook's session, which shows progress on stdout, as notebooks show no stderr. */
    public static Session ofNotebook(SparkSession spark) {
        return watched(spark, false, System.out, Patience.ENDLESS);
    }

    /** This session for a part of the work: closing it leaves Spark running. */
    public Session part() {
        return new Session(spark, false, progress, null);
    }

    private static Session watched(SparkSession spark, boolean isOwn, PrintStream progress, Patience patience) {
        return new Session(
                spark, isOwn, progress, new ExecutorWatch(spark.sparkContext(), patience, progress::println));
    }

    /** Tells a run's events of waiting, too. */
    void tell(RunEvents events) {
        if (watch != null) {
            watch.tell(events);
        }
    }

    /** The session of this thread or this JVM; empty where none runs. */
    public static Optional<SparkSession> running() {
        Option<SparkSession> active = SparkSession.getActiveSession().orElse(SparkSession::getDefaultSession);
        return Optional.ofNullable(active.isEmpty() ? null : active.get())
                .filter(spark -> !spark.sparkContext().isStopped());
    }

    /** Starts Spark with the master and settings of spark-submit, or else on all local cores. */
    private static SparkSession start(String command) {
        SparkSession.Builder builder = SparkSession.builder().appName("edgewise " + command);
        if (System.getProperty("spark.master") == null) {
            builder.master("local[*]");
        }
        if (System.getProperty("spark.ui.enabled") == null
                && System.getProperty("spark.master", "local").startsWith("local")) {
            builder.config("spark.ui.enabled", "false");
        }
        return builder.getOrCreate();
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        if (isOwn) {
            spark.stop();
        }
    }
}
