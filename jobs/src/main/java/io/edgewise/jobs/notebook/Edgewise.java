package io.edgewise.jobs.notebook;

import io.edgewise.InputException;
import io.edgewise.jobs.options.NamedOptions;
import io.edgewise.jobs.options.OutputOptions;
import io.edgewise.jobs.options.ScoreOptions;
import io.edgewise.jobs.options.StudyOptions;
import io.edgewise.jobs.options.SweepOptions;
import io.edgewise.jobs.run.JobRun;
import io.edgewise.jobs.run.Session;
import io.edgewise.jobs.score.ScoreJob;
import io.edgewise.jobs.score.ScoreText;
import io.edgewise.jobs.study.StudyJob;
import org.apache.spark.sql.SparkSession;

/**
 * Edgewise in a notebook, on the Spark session that runs there, which is left running. The methods are options of {@code score} and
 * {@code study}, with the same names and defaults; any other option can be given by {@link #option}. In {@code spark-shell} or Zeppelin:
 *
 * <pre>{@code
 * val scored = Edgewise.model("conf/demo/model").prompts("conf/demo/datasets/ioi.json").
 *     limit(128).integratedGradients(8).score("out/ioi-scores")
 * scored.edges.orderBy("rank").show()
 *
 * val circuits = scored.skip(128).edgeCounts("0,10,20,50,100,262").sweep("out/ioi-sweep")
 * circuits.measurements.show()
 * print("%html " + circuits.circuitHtml)
 * }</pre>
 *
 * <p>Objects are immutable: each method returns a new one. Wrong input throws an {@link InputException} whose message says what would be
 * right. Where a directory already has the same run's results, they are used as they are. A stopped run is resumed. Another run's results
 * are an error, or are replaced after {@link #overwrite}.
 */
public final class Edgewise {
    private final SparkSession spark;
    private final NamedOptions options;

    private Edgewise(SparkSession spark, NamedOptions options) {
        this.spark = spark;
        this.options = options;
    }

    /**
     * Chooses the model.
     *
     * @param uri a Hugging Face directory, local or in any Hadoop file system
     * @throws InputException where no Spark session runs
     */
    public static Edgewise model(String uri) {
        SparkSession spark = Session.running()
                .orElseThrow(
                        () -> new InputException("Edgewise.model wants a Spark session that runs, as spark-shell and"
                                + " Zeppelin have; start one by SparkSession.builder().getOrCreate()"));
        return new Edgewise(spark, NamedOptions.NONE.with("--model", uri));
    }

    /** The prompt pairs to score on: files of AutoCircuit JSON, JSONL, Parquet or CSV. */
    public Edgewise prompts(String... uris) {
        return option("--prompts", uris);
    }

    /** Leaves out the first prompts. */
    public Edgewise skip(long prompts) {
        return option("--skip", String.valueOf(prompts));
    }

    /** Uses at most this many prompts. */
    public Edgewise limit(long prompts) {
        return option("--limit", String.valueOf(prompts));
    }

    /** Prompt pairs in a batch. */
    public Edgewise batchSize(int prompts) {
        return option("--batch-size", String.valueOf(prompts));
    }

    /** How edges are scored: {@code mask_gradient}, {@code activation_magnitude} or another method that {@code score --help} lists. */
    public Edgewise method(String name) {
        return option("--method", name);
    }

    /** Sums the mask gradients at masks 0, 1/samples, ..., 1. */
    public Edgewise integratedGradients(int samples) {
        return option("--integrated-grad-samples", String.valueOf(samples));
    }

    /**
     * Any other option of {@code score} or {@code study}.
     *
     * @param name with its dashes
     * @param values none for a switch, several for an option that can be repeated
     */
    public Edgewise option(String name, String... values) {
        return new Edgewise(spark, options.with(name, values));
    }

    /** Lets results replace what is there: the scores, and the circuits that are measured with them. */
    public Edgewise overwrite() {
        return option("--overwrite");
    }

    /**
     * Scores all edges, and shows progress on stdout.
     *
     * @param out directory for the results, as {@code score --out}
     */
    public ScoredEdges score(String out) {
        Place place = Place.of(out, options);
        ScoreJob job = place.others().fill(new ScoreOptions()).job();
        place.show(JobRun.start(() -> Session.ofNotebook(spark), place.output(), job.manifest(), job::run)
                .map(ScoreText::new));
        return scored(out);
    }

    /** The scores that an earlier run wrote, with the model and prompts of this one. */
    public ScoredEdges scored(String out) {
        return ScoredEdges.open(spark, out, options.knownTo(new SweepOptions(), new OutputOptions()));
    }

    /**
     * Does a study: scores edges for each of the {@link #prompts} on a half of them, measures circuits on the other half, and reports. The
     * options are those of {@code study}; {@code --method} may have several values.
     *
     * @param out directory for the results, as {@code study --out}
     */
    public StudyResults study(String out) {
        Place place = Place.of(out, options);
        StudyJob job = place.others().fill(new StudyOptions()).job();
        place.show(JobRun.start(() -> Session.ofNotebook(spark), place.output().inParts(), job.manifest(), job::run)
                .map(headlines -> String.join("\n", headlines) + "\n"));
        return new StudyResults(spark, out, options.knownTo(new SweepOptions(), new OutputOptions()));
    }

    @Override
    public String toString() {
        return "Edgewise " + options;
    }
}
