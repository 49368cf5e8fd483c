package io.edgewise.pipeline;

import org.apache.spark.api.java.JavaSparkContext;

/** The names in Spark's web UI of the jobs and stages that this thread starts, until it is closed. */
final class StageNames implements AutoCloseable {
    private final JavaSparkContext context;

    private StageNames(JavaSparkContext context) {
        this.context = context;
    }

    static StageNames of(JavaSparkContext context, String name) {
        context.setCallSite(name);
        context.sc().setJobDescription(name);
        return new StageNames(context);
    }

    @Override
    public void close() {
        context.clearCallSite();
        context.sc().setJobDescription(null);
    }
}
