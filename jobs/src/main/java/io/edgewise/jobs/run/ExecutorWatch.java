package io.edgewise.jobs.run;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/**
 * A watch over work that no executor does, as Spark itself waits for one without end: it says what was asked for and what the cluster
 * has, and at the end of its patience it cancels the work.
 */
public final class ExecutorWatch implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final SparkContext context;
    private final Patience patience;
    private final Consumer<String> say;
    private volatile @Nullable RunEvents events;
    private @Nullable Instant since;
    private Duration nextWord;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "edgewise-executors");
        thread.setDaemon(true);
        return thread;
    });

    /** @param say takes a line for the user */
    ExecutorWatch(SparkContext context, Patience patience, Consumer<String> say) {
        this.context = context;
        this.patience = patience;
        this.say = say;
        nextWord = patience.word();
        if (!context.isLocal()) {
            Future<?> unused = looks.scheduleWithFixedDelay(
                    this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Tells a run's events, too, until it is closed. */
    void tell(RunEvents ofRun) {
        events = ofRun;
    }

    private void look() {
        if (context.isStopped() || !isWaiting()) {
            since = null;
            nextWord = patience.word();
            return;
        }
        Instant now = Instant.now();
        since = since == null ? now : since;
        Duration waited = Duration.between(since, now);
        if (patience.endsAt(waited)) {
            String line = "no executor came in " + shown(waited) + ": " + situation(cluster());
            for (int job : context.statusTracker().getActiveJobIds()) {
                context.cancelJob(job, "because " + line);
            }
        } else if (waited.compareTo(nextWord) >= 0) {
            nextWord = waited.multipliedBy(2);
            tell(waited);
        }
    }

    /** There is work, and only the driver itself, which does none, keeps blocks. */
    private boolean isWaiting() {
        return context.statusTracker().getActiveStageIds().length > 0
                && context.getExecutorMemoryStatus().size() <= 1;
    }

    private void tell(Duration waited) {
        Optional<StandaloneCluster> cluster = cluster();
        String line = "No executor for " + shown(waited) + ": " + situation(cluster);
        say.accept(line);
        RunEvents told = events;
        if (told == null) {
            return;
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("seconds", waited.toSeconds());
        facts.put("asked", AskedExecutor.of(context.conf()).facts());
        cluster.ifPresent(known -> facts.put("cluster", known.facts()));
        facts.put("message", line);
        told.tell("waiting", facts);
    }

    private Optional<StandaloneCluster> cluster() {
        return StandaloneCluster.of(context.master(), context.conf());
    }

    private String situation(Optional<StandaloneCluster> cluster) {
        AskedExecutor asked = AskedExecutor.of(context.conf());
        return "asked for executors of " + asked + "; "
                + cluster.map(known -> known.against(asked)).orElseGet(this::whereToLook);
    }

    /** Who knows what the cluster has. */
    private String whereToLook() {
        String id = context.applicationId();
        if (context.master().equals("yarn")) {
            return "yarn application -status " + id + " says what YARN waits for";
        }
        if (context.master().startsWith("k8s://")) {
            return "kubectl describe pods -n " + context.conf().get("spark.kubernetes.namespace", "default")
                    + " -l spark-app-selector=" + id + " says what Kubernetes waits for";
        }
        return "the master's page, which says what the cluster has, can't be read; spark.master.ui.port is its port,"
                + " where it isn't 8080";
    }

    private static String shown(Duration waited) {
        return waited.compareTo(Duration.ofMinutes(2)) < 0 ? waited.toSeconds() + " s" : waited.toMinutes() + " min";
    }

    @Override
    public void close() {
        looks.shutdownNow();
        try {
            boolean unused = looks.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
