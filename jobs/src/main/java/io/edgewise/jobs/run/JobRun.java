package io.edgewise.jobs.run;

import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.check.Findings;
import io.edgewise.check.ScoreCensus;
import io.edgewise.check.SelfCheck;
import io.edgewise.check.TaskEvidence;
import io.edgewise.check.Verdict;
import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.jobs.files.Output;
import io.edgewise.jobs.files.OutputDirectory;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.results.Manifest;
import io.edgewise.jobs.results.Overlap;
import io.edgewise.jobs.results.TaskJson;
import io.edgewise.model.torch.ComputeType;
import io.edgewise.model.torch.Hardware;
import io.edgewise.pipeline.BatchWork;
import io.edgewise.pipeline.CheckRun;
import io.edgewise.pipeline.HardwareOfExecutors;
import io.edgewise.pipeline.MeanAblation;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.reduce.BatchNotes.Unfit;
import io.edgewise.reduce.RightAnswers;
import io.edgewise.score.RankedScores;
import io.edgewise.spark.batch.PieceSizes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A running job, with all that jobs have in common: a Spark session, a manifest, an output directory, progress and events. */
public final class JobRun {
    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);
    private static final String RUN_ID = "mdc.run_id";
    private static final long ROWS_OF_FILE = 1_000_000;

    private final Session session;
    private final Manifest manifest;
    private final Output output;
    private final OutputDirectory out;
    private final RunEvents events;
    private final Faults faults;
    private final Set<Unfit> unfit = new LinkedHashSet<>();

    private JobRun(Session session, Manifest manifest, Output output, OutputDirectory out, RunEvents events) {
        this.session = session;
        this.manifest = manifest;
        this.output = output;
        this.out = out;
        this.events = events;
        this.faults = Faults.watch(session.spark(), events);
    }

    public SparkSession spark() {
        return session.spark();
    }

    public Manifest manifest() {
        return manifest;
    }

    public OutputDirectory out() {
        return out;
    }

    /**
     * Runs a job, unless its results are there already and may stay.
     *
     * @param spark opened when there is something to do
     * @param job the job, which completes the run's directory and returns its result
     * @return empty where the results were there
     */
    public static <T> Optional<T> start(
            Supplier<Session> spark, Output output, Manifest manifest, Function<JobRun, T> job) {
        try (RunEvents events = RunEvents.open(output.events(), manifest.id());
                OutputDirectory out = output.open(manifest.id())) {
            if (out.isDone()) {
                out.discardKept();
                events.tell("completed", Map.of("out", out.target(), "already_there", true));
                return Optional.empty();
            }
            events.tell("started", Map.of("command", manifest.command(), "out", out.target()));
            T result;
            try (Session session = spark.get()) {
                session.tell(events);
                result = new JobRun(session, manifest, output, out, events).run(job);
            } catch (Throwable e) { // Spark throws checked exceptions that Java knows nothing of
                events.tell("failed", Map.of("exit_status", Failures.status(e), "message", Failures.cause(e)));
                throw e;
            }
            events.tell("completed", Map.of("out", out.target(), "already_there", false));
            return Optional.of(result);
        }
    }

    /** Runs the job with the run id in the logs of every task: Spark passes local properties with this prefix to them. */
    private <T> T run(Function<JobRun, T> job) {
        SparkContext context = spark().sparkContext();
        String outer = MDC.get(RUN_ID);
        MDC.put(RUN_ID, manifest.id());
        context.setLocalProperty(RUN_ID, manifest.id());
        try {
            return job.apply(this);
        } finally {
            MDC.put(RUN_ID, outer);
            context.setLocalProperty(RUN_ID, outer);
            leave();
        }
    }

    /**
     * Runs a part of this job, on the same Spark session and with the same listeners, unless its results are there.
     *
     * @param uri the part's own directory, within this run's
     */
    public <T> void part(String uri, Manifest part, Function<JobRun, T> job) {
        start(session::part, output.part(uri), part, job);
    }

    /** Stops listening to a session that goes on. A session that ends still delivers its pending events. */
    private void leave() {
        if (!session.isOwn()) {
            spark().sparkContext().removeSparkListener(faults);
        }
    }

    /** Records how many prompts and batches there are. */
    public void counts(PromptBatches.Result prompts) {
        manifest.counts(prompts, 0);
        RunMetrics.PROMPTS_REJECTED.inc(prompts.rejectedCount());
        if (prompts.rejectedCount() > 0) {
            session.progress().println(new RejectionSummary(prompts));
        }
        events.tell(
                "prompts",
                Map.of(
                        "prompts", prompts.promptCount(),
                        "batches", prompts.batchCount(),
                        "rejected", prompts.rejectedCount()));
    }

    /** Runs work on all batches and shows progress. */
    public <T> T onBatches(String name, PromptBatches.Result prompts, PieceSizes sizes, Function<BatchWork, T> work) {
        return onBatches(name, prompts, prompts.batchCount(), sizes, work);
    }

    /**
     * Runs work that goes through the batches more than once, and shows progress.
     *
     * @param runs how many batches are run in all
     */
    public <T> T onBatches(
            String name, PromptBatches.Result prompts, int runs, PieceSizes sizes, Function<BatchWork, T> work) {
        String keptIn = out.kept(name + "-" + prompts.model().threads());
        try (Progress progress = new Progress(session, name, runs, events)) {
            T result = work.apply(new BatchWork(name, keptIn, sizes, progress));
            manifest.resumed(name, progress.resumed());
            manifest.split(name, progress.notes().split());
            RunMetrics.BATCHES_SPLIT.inc(progress.notes().split());
            unfit.addAll(progress.notes().unfit());
            RightAnswers right = progress.notes().right();
            if (right.prompts() > 0) {
                task(new TaskEvidence(right.clean(), right.corrupt(), right.prompts()));
            }
            return result;
        }
    }

    /** Says beforehand how long some work will take. */
    public void expects(String work, String sentence, double seconds) {
        session.progress().println(sentence);
        events.tell("estimate", Map.of("work", work, "seconds", seconds));
    }

    /** The prompts that don't fit into memory even alone. */
    public List<Unfit> unfit() {
        return List.copyOf(unfit);
    }

    /** How many prompts were run. */
    public long prompts(PromptBatches.Result prompts) {
        return prompts.promptCount() - unfit.size();
    }

    /** Prepares ablation activations. */
    public AblationActivations ablation(ModelSetup model, Ablation ablation, PromptBatches.Result prompts) {
        if (ablation.type().meanOver().isEmpty()) {
            return AblationActivations.of(ablation);
        }
        int width = model.config().modelWidth();
        return onBatches(
                "mean", prompts, PieceSizes.WHOLE, work -> new MeanAblation(model.graph(), width, ablation, work)
                        .execute(prompts));
    }

    /**
     * Runs the self-check on the first batch, and records and logs any doubts.
     *
     * @param check the self-check
     * @param sizes how many prompts run at once
     * @param scores the scores that were made; null where none were
     */
    public void check(SelfCheck check, PromptBatches.Result prompts, PieceSizes sizes, @Nullable RankedScores scores) {
        Findings findings = new CheckRun(check, sizes).execute(prompts);
        ScoreCensus census = scores == null ? null : ScoreCensus.of(scores);
        Verdict verdict = Verdict.of(findings, census, prompts.model().type() != ComputeType.FLOAT32);
        manifest.put("self_check", SelfCheckJson.of(verdict, findings, census));
        verdict.doubts().forEach(doubt -> LOG.warn("Self-check: {}", doubt));
        events.tell("self_check", Map.of("passed", verdict.passed(), "doubts", verdict.doubts()));
    }

    /** Records the evidence for the task in the prompts, and warns where they don't show it. */
    private void task(TaskEvidence evidence) {
        ObjectNode task = TaskJson.of(evidence);
        manifest.put(TaskJson.KEY, task);
        events.tell("task", Map.of("verdict", task.get("verdict").asText()));
        if (evidence.verdict() != TaskEvidence.Verdict.SHOWN) {
            LOG.warn("{}: a circuit of it means little", evidence.sentence());
        }
    }

    /** Records how many of the measuring prompts also scored, and warns where any did. */
    public void overlap(long both, PromptBatches.Result prompts) {
        manifest.put(Overlap.KEY, Overlap.json(both, prompts.promptCount()));
        if (both > 0) {
            LOG.warn("{}", Overlap.sentence(both, prompts.promptCount()));
        }
    }

    /** Writes a table, with the run id in every row, also where a run that was stopped has left it. */
    public void table(String name, Dataset<Row> rows) {
        SparkContext context = spark().sparkContext();
        context.setJobDescription("writes " + name);
        rows.withColumn("run_id", lit(manifest.id()))
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(out.child(name));
        context.setJobDescription(null);
    }

    /**
     * Writes a table of prompts in few files: one, but for millions.
     *
     * @param count about how many rows it has
     */
    public void table(String name, Dataset<Row> rows, long count) {
        table(name, rows.coalesce(Math.toIntExact(1 + count / ROWS_OF_FILE)));
    }

    /** Writes the rejected prompts, each with a reason, and the manifest, and completes the directory. */
    public void complete(PromptBatches.Result prompts) {
        table("rejected", rejected(prompts), prompts.rejectedCount());
        manifest.counts(prompts, unfit.size());
        manifest.faults(faults.counts());
        List<Hardware> hardware = new HardwareOfExecutors(prompts.model())
                .execute(JavaSparkContext.fromSparkContext(spark().sparkContext()));
        if (hardware.size() > 1) {
            LOG.warn(
                    "Executors have {} kinds of hardware, which round differently; EDGEWISE_REPRODUCIBLE=1 or conf/spark/reproducible.conf makes"
                            + " their results the same",
                    hardware.size());
        }
        manifest.hardware(hardware);
        out.write(ManifestFile.NAME, manifest.finish(spark()));
        out.complete();
        RunMetrics.PROMPTS_DONE.inc(prompts(prompts));
        RunMetrics.PROMPTS_REJECTED.inc(unfit.size());
    }

    /** Writes the manifest and completes the directory, for a job whose parts have run the prompts. */
    public void complete() {
        manifest.faults(faults.counts());
        out.write(ManifestFile.NAME, manifest.finish(spark()));
        out.complete();
    }

    private Dataset<Row> rejected(PromptBatches.Result prompts) {
        if (unfit.isEmpty()) {
            return prompts.rejected();
        }
        Dataset<Row> tooLarge = prompts.at(List.copyOf(unfit))
                .withColumn("reason", lit("needs more memory than there is, even alone"))
                .withColumn("json", lit(null).cast("string"));
        return prompts.rejected().unionByName(tooLarge).orderBy("index");
    }
}
