package io.edgewise.spark;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Hadoop's settings in this process, with Spark's {@code spark.hadoop.*}, even before Spark is started. Making them reads Hadoop's own
 * files again, so they are made once for each set of Spark's settings.
 */
public final class HadoopSettings {
    private static @Nullable Made made;

    private record Made(Set<Tuple2<String, String>> spark, Configuration hadoop) {}

    private HadoopSettings() {}

    /** The settings. The caller must not change them. */
    public static synchronized Configuration current() {
        SparkEnv running = SparkEnv.get();
        SparkConf conf = running == null ? new SparkConf() : running.conf();
        Set<Tuple2<String, String>> spark = new HashSet<>(Arrays.asList(conf.getAll()));
        if (made == null || !made.spark().equals(spark)) {
            made = new Made(spark, SparkHadoopUtil.get().newConfiguration(conf));
        }
        return made.hadoop();
    }
}
