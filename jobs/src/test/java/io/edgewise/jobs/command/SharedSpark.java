package io.edgewise.jobs.command;

import io.edgewise.jobs.run.Session;
import org.apache.spark.sql.SparkSession;

/**
 * A Spark session that the tests of a JVM share: starting one takes longer than most of their commands run. A command uses the
 * session that runs, as it does in a notebook. It compiles no queries, which takes longer than running them on a few rows. That it starts and stops its own elsewhere is what tests of whole processes see.
 */
public final class SharedSpark {
    private SharedSpark() {}

    /** Starts the session, unless one runs on this master already. A test with settings of its own for Spark gets its own. */
    public static void on(String master) {
        boolean runs = Session.running()
                .filter(spark -> spark.sparkContext().master().equals(master))
                .isPresent();
        if (runs) {
            return;
        }
        stop();
        boolean isSpecial = System.getProperties().stringPropertyNames().stream()
                .anyMatch(name -> name.startsWith("spark.") && !name.equals("spark.master"));
        if (!isSpecial) {
            SparkSession.builder()
                    .appName("tests")
                    .master(master)
                    .config("spark.ui.enabled", "false")
                    .config("spark.sql.codegen.wholeStage", "false")
                    .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
                    .getOrCreate();
        }
    }

    /** Stops the session, before a test that starts one with settings of its own. */
    public static void stop() {
        Session.running().ifPresent(SparkSession::stop);
    }
}
