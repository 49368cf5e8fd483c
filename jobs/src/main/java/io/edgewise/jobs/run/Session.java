package io.edgewise.jobs.run;

import java.io.PrintStream;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * The Spark session that a job runs on.
 *
 * @param isOwn whether closing it stops Spark; an earlier session goes on
 * @param progress where progress is shown
 */
public record Session(SparkSession spark, boolean isOwn, PrintStream progress) implements AutoCloseable {
    /** A command's session: the running one, or a new one. A command's stdout is for its result, so progress is on stderr. */
    public static Session ofCommand(String command) {
        return running()
                .map(spark -> new Session(spark, false, System.err))
                .orElseGet(() -> new Session(start(command), true, System.err));
    }

    /** A notebook's session, which shows progress on stdout, as notebooks show no stderr. */
    public static Session ofNotebook(SparkSession spark) {
        return new Session(spark, false, System.out);
    }

    /** This session for a part of the work: closing it leaves Spark running. */
    public Session part() {
        return new Session(spark, false, progress);
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
        if (isOwn) {
            spark.stop();
        }
    }
}
