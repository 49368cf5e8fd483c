package io.edgewise.jobs.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;

/** A listener that counts the faults that Spark recovered from. They change no result, but show how healthy a cluster is. */
final class Faults extends SparkListener {
    private final RunEvents events;
    private final AtomicLong failedTasks = new AtomicLong();
    private final AtomicLong speculativeTasks = new AtomicLong();
    private final AtomicLong lostExecutors = new AtomicLong();

    private Faults(RunEvents events) {
        this.events = events;
    }

    static Faults watch(SparkSession spark, RunEvents events) {
        Faults faults = new Faults(events);
        spark.sparkContext().addSparkListener(faults);
        return faults;
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
        if (start.taskInfo().speculative()) {
            speculativeTasks.incrementAndGet();
        }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        if (end.reason() instanceof TaskFailedReason reason && !end.taskInfo().killed()) {
            failedTasks.incrementAndGet();
            events.tell(
                    "task_failed",
                    Map.of(
                            "stage", end.stageId(),
                            "task", end.taskInfo().index(),
                            "attempt", end.taskInfo().attemptNumber(),
                            "executor", end.taskInfo().executorId(),
                            "host", end.taskInfo().host(),
                            "reason", Failures.oneLine(reason.toErrorString())));
        }
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        lostExecutors.incrementAndGet();
        events.tell(
                "executor_lost",
                Map.of("executor", removed.executorId(), "reason", Failures.oneLine(removed.reason())));
    }

    /** The counts by name, as far as Spark has reported them. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("failed_tasks", failedTasks.get());
        counts.put("lost_executors", lostExecutors.get());
        counts.put("speculative_tasks", speculativeTasks.get());
        return counts;
    }
}
