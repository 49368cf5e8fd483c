package io.edgewise.pipeline;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Bytes that tasks wrote for others to read. */
final class ShuffleVolume extends SparkListener {
    private final AtomicLong bytes = new AtomicLong();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        bytes.addAndGet(task.taskMetrics().shuffleWriteMetrics().bytesWritten());
    }

    long bytes() {
        return bytes.get();
    }
}
