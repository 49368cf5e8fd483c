package io.edgewise.spark.reduce;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** The part of this JVM's heap that partial sums may take: a third, shared equally by the tasks that are summing now. */
final class HeapShare {
    private static final int OF_HEAP = 3;
    private static final AtomicInteger TASKS = new AtomicInteger();

    private HeapShare() {}

    /** Counts a task until it ends. */
    static void join(TaskContext task) {
        TASKS.incrementAndGet();
        task.addTaskCompletionListener((TaskCompletionListener) ended -> TASKS.decrementAndGet());
    }

    /** How many vectors of {@code length} doubles a task may hold as partial sums now. */
    static long vectors(int length) {
        long share = Runtime.getRuntime().maxMemory() / OF_HEAP / Math.max(1, TASKS.get());
        return share / Math.max(Double.BYTES, (long) Double.BYTES * length);
    }
}
