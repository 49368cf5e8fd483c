package io.edgewise.spark;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Hadoop's settings in this process, with Spark's {@code spark.hadoop.*}, even before Spark is started. */
public final class HadoopSettings {
    private HadoopSettings() {}

    public static Configuration current() {
        SparkEnv spark = SparkEnv.get();
        return SparkHadoopUtil.get().newConfiguration(spark == null ? new SparkConf() : spark.conf());
    }
}
