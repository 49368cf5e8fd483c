package io.edgewise.jobs;

import org.apache.spark.sql.SparkSession;

/** Starts Spark as the surroundings say: spark-submit's master and settings, and on its own all local cores. */
final class Sessions {
    private Sessions() {}

    static SparkSession start(String job) {
        SparkSession.Builder builder = SparkSession.builder().appName("edgewise " + job);
        if (System.getProperty("spark.master") == null) {
            builder.master("local[*]");
        }
        if (System.getProperty("spark.ui.enabled") == null
                && System.getProperty("spark.master", "local").startsWith("local")) {
            builder.config("spark.ui.enabled", "false");
        }
        return builder.getOrCreate();
    }
}
