package io.edgewise.jobs;

import static org.apache.spark.sql.functions.lit;

import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.check.Findings;
import io.edgewise.check.ScoreCensus;
import io.edgewise.check.SelfCheck;
import io.edgewise.check.Verdict;
import io.edgewise.jobs.files.Manifest;
import io.edgewise.jobs.files.ModelSetup;
import io.edgewise.jobs.files.OutputDirectory;
import io.edgewise.jobs.files.OutputDirectory.IfThere;
import io.edgewise.jobs.options.OutputOptions;
import io.edgewise.model.ComputeType;
import io.edgewise.model.Hardware;
import io.edgewise.pipeline.BatchWork;
import io.edgewise.pipeline.CheckRun;
import io.edgewise.pipeline.HardwareOfExecutors;
import io.edgewise.pipeline.MeanAblation;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.reduce.BatchNotes.Unfit;
import io.edgewise.score.PruneScores;
import io.edgewise.spark.PieceSizes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * A job under way: what it runs on, what it is known by, where its results go and who is told. What every job does in the same
 * way is done here.
 */
final class JobRun {
    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);
    private static final String RUN_ID = "mdc.run_id";

    private final Session session;
    private final Manifest manifest;
    private final OutputDirectory out;
    private final RunEvents events;
    private final Faults faults;
    private final Set<Unfit> unfit = new LinkedHashSet<>();

    private JobRun(Session session, Manifest manifest, OutputDirectory out, RunEvents events) {
        this.session = session;
        this.manifest = manifest;
        this.out = out;
        this.events = events;
        this.faults = Faults.watch(session.spark(), events);
    }

    SparkSession spark() {
        return session.spark();
    }

    Manifest manifest() {
        return manifest;
    }

    OutputDirectory out() {
        return out;
    }

    /**
     * Does a job, on the Spark that runs or one that is started for it, unless its results are there already and may stay.
     *
     * @return whether it was done now
     */
    static boolean start(OutputOptions output, Manifest manifest, Consumer<JobRun> job) {
        try (RunEvents events = RunEvents.open(output.events(), manifest.id());
                OutputDirectory out = output.open(manifest.id())) {
            if (out.isDone(manifest.id())) {
                out.discardKept();
                events.tell("completed", Map.of("out", out.target(), "already_there", true));
                return false;
            }
            events.tell("started", Map.of("command", manifest.command(), "out", out.target()));
            try (Session session = Session.forJob(manifest.command())) {
                start(new JobRun(session, manifest, out, events), job);
            } catch (Throwable e) { // Spark throws checked exceptions that Java knows nothing of
                events.tell("failed", Map.of("exit_status", Failures.status(e), "message", Failures.cause(e)));
                throw e;
            }
            events.tell("completed", Map.of("out", out.target(), "already_there", false));
            return true;
        }
    }

    /** Does a job that is a part of another, which tells whoever is to be told. */
    static <T> T within(SparkSession spark, Manifest manifest, String directory, Function<JobRun, T> job) {
        try (RunEvents unheard = RunEvents.open(null, manifest.id());
                OutputDirectory out = OutputDirectory.open(directory, manifest.id(), IfThere.REFUSE)) {
            return job.apply(new JobRun(new Session(spark, true), manifest, out, unheard));
        }
    }

    /** Spark gives its local properties whose names begin so to the logs of every task. */
    private static void start(JobRun run, Consumer<JobRun> job) {
        SparkContext context = run.spark().sparkContext();
        MDC.put(RUN_ID, run.manifest.id());
        context.setLocalProperty(RUN_ID, run.manifest.id());
        try {
            job.accept(run);
        } finally {
            MDC.remove(RUN_ID);
            context.setLocalProperty(RUN_ID, null);
            run.leave();
        }
    }

    /** A Spark that goes on tells no more; one that ends tells what is still on its way. */
    private void leave() {
        if (!session.isOwn()) {
            spark().sparkContext().removeSparkListener(faults);
        }
    }

    /** Notes what prompts there are. */
    void counts(PromptBatches.Result prompts) {
        manifest.counts(prompts, 0);
        events.tell(
                "prompts",
                Map.of(
                        "prompts", prompts.promptCount(),
                        "batches", prompts.batchCount(),
                        "rejected", prompts.rejectedCount()));
    }

    /** Does something with all batches, in sight of the user. */
    <T> T onBatches(String name, PromptBatches.Result prompts, PieceSizes sizes, Function<BatchWork, T> work) {
        String keptIn = out.kept(name + "-" + prompts.model().threads());
        try (Progress progress = new Progress(session, name, prompts.batchCount(), events)) {
            T result = work.apply(new BatchWork(name, keptIn, sizes, progress));
            manifest.resumed(name, progress.resumed());
            manifest.split(name, progress.notes().split());
            unfit.addAll(progress.notes().unfit());
            return result;
        }
    }

    /** Prompts that fit into memory in no way. */
    List<Unfit> unfit() {
        return List.copyOf(unfit);
    }

    /** How many prompts were run. */
    long prompts(PromptBatches.Result prompts) {
        return prompts.promptCount() - unfit.size();
    }

    /** Makes ablation activations ready to use. */
    AblationActivations ablation(ModelSetup model, Ablation ablation, PromptBatches.Result prompts) {
        if (ablation.type().meanOver().isEmpty()) {
            return AblationActivations.of(ablation);
        }
        int width = model.config().modelWidth();
        return onBatches(
                "mean", prompts, PieceSizes.WHOLE, work -> new MeanAblation(model.graph(), width, ablation, work)
                        .execute(prompts));
    }

    /**
     * Checks the run on its first batch, and notes and says what speaks against it.
     *
     * @param check what is checked
     * @param sizes how many prompts run at once
     * @param scores that were made; null where none were
     */
    void check(SelfCheck check, PromptBatches.Result prompts, PieceSizes sizes, @Nullable PruneScores scores) {
        Findings findings = new CheckRun(check, sizes).execute(prompts);
        ScoreCensus census = scores == null ? null : ScoreCensus.of(scores);
        Verdict verdict = Verdict.of(findings, census, prompts.model().type() != ComputeType.FLOAT32);
        manifest.put("self_check", SelfCheckJson.of(verdict, findings, census));
        verdict.doubts().forEach(doubt -> LOG.warn("Self-check: {}", doubt));
        events.tell("self_check", Map.of("passed", verdict.passed(), "doubts", verdict.doubts()));
    }

    /** Writes a table that bears the run id. */
    void table(String name, Dataset<Row> rows) {
        SparkContext context = spark().sparkContext();
        context.setJobDescription("writes " + name);
        rows.withColumn("run_id", lit(manifest.id())).write().parquet(out.child(name));
        context.setJobDescription(null);
    }

    /** Writes the rejected prompts, each with a reason, and the manifest, and completes the directory. */
    void complete(PromptBatches.Result prompts) {
        table("rejected", rejected(prompts).coalesce(1));
        manifest.counts(prompts, unfit.size());
        manifest.faults(faults.counts());
        List<Hardware> hardware = new HardwareOfExecutors(prompts.model())
                .execute(JavaSparkContext.fromSparkContext(spark().sparkContext()));
        if (hardware.size() > 1) {
            LOG.warn(
                    "Executors are of {} kinds, which round otherwise; EDGEWISE_REPRODUCIBLE=1 or conf/spark/reproducible.conf makes"
                            + " their results the same",
                    hardware.size());
        }
        manifest.hardware(hardware);
        out.write(Manifest.FILE, manifest.finish(spark()));
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
