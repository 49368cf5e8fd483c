package io.edgewise.jobs.run;

import com.codahale.metrics.Counter;
import java.util.Map;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;

/**
 * What jobs have done in this JVM, counted for Spark's metrics: {@code spark.plugins=io.edgewise.jobs.run.RunMetrics} adds the counters to
 * the driver's, which Spark shows to Prometheus and others. Executors have none, as the driver hears of every batch. Counters only grow, and
 * batches of retried tasks count once.
 */
public final class RunMetrics implements SparkPlugin {
    /** Batches of work that began. */
    static final Counter BATCHES = new Counter();
    /** Batches that are done, those of an earlier run with {@code --resume} too. */
    static final Counter BATCHES_DONE = new Counter();
    /** Batches that didn't fit into memory and ran in pieces. */
    static final Counter BATCHES_SPLIT = new Counter();
    /** Prompts of jobs that are complete. */
    static final Counter PROMPTS_DONE = new Counter();
    /** Prompts that can't be used. */
    static final Counter PROMPTS_REJECTED = new Counter();

    private static final Map<String, Counter> ALL = Map.of(
            "batches", BATCHES,
            "batches_done", BATCHES_DONE,
            "batches_split", BATCHES_SPLIT,
            "prompts_done", PROMPTS_DONE,
            "prompts_rejected", PROMPTS_REJECTED);

    @Override
    public DriverPlugin driverPlugin() {
        return new DriverPlugin() {
            @Override
            public void registerMetrics(String application, PluginContext context) {
                ALL.forEach(context.metricRegistry()::register);
            }
        };
    }

    @Override
    public @Nullable ExecutorPlugin executorPlugin() {
        return null;
    }
}
