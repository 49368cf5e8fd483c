package io.edgewise.jobs;

import java.io.PrintStream;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * The Spark that a job runs on: the one that runs already, as in a notebook, which is left as it was, or one of its own, which ends
 * with it.
 */
record Session(SparkSession spark, boolean isOwn) implements AutoCloseable {

    static Session forJob(String job) {
        return running()
                .map(spark -> new Session(spark, false))
                .orElseGet(() -> new Session(Sessions.start(job), true));
    }

    /** The session of this thread or this JVM; empty where there is none, or none any more. */
    static Optional<SparkSession> running() {
        Option<SparkSession> active = SparkSession.getActiveSession().orElse(SparkSession::getDefaultSession);
        return Optional.ofNullable(active.isEmpty() ? null : active.get())
                .filter(spark -> !spark.sparkContext().isStopped());
    }

    /** Where progress is shown line by line: a notebook shows stdout, a command's stdout is for its result alone. */
    PrintStream progress() {
        return isOwn ? System.err : System.out;
    }

    @Override
    public void close() {
        if (isOwn) {
            spark.stop();
        }
    }
}
