package io.edgewise.spark;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Hadoop's settings in this process: Spark's where it runs, {@code spark.hadoop.*} among them, else the default ones. */
final class HadoopSettings {
    private HadoopSettings() {}

    static Configuration current() {
        SparkEnv spark = SparkEnv.get();
        return spark == null ? new Configuration() : SparkHadoopUtil.get().newConfiguration(spark.conf());
    }
}
