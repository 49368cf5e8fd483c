package io.edgewise.pipeline;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Bytes that tasks sent to the driver as their results. */
final class ResultVolume extends SparkListener {
    private final AtomicLong bytes = new AtomicLong();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        bytes.addAndGet(task.taskMetrics().resultSize());
    }

    long bytes() {
        return bytes.get();
    }
}
