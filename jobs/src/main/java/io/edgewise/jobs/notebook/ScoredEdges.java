package io.edgewise.jobs.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.jobs.input.GivenScores;
import io.edgewise.jobs.options.NamedOptions;
import io.edgewise.jobs.options.SweepOptions;
import io.edgewise.jobs.run.JobRun;
import io.edgewise.jobs.run.Session;
import io.edgewise.jobs.sweep.SweepJob;
import io.edgewise.jobs.sweep.SweepText;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The scores of all edges in a notebook, and the settings of a sweep with them. The methods are the options of {@code sweep}. Options that
 * scoring was given hold for the sweep too, where it has an option of that name, until they are given anew. Use {@code skip} to measure
 * circuits on other prompts than those that scored.
 */
public final class ScoredEdges {
    private final SparkSession spark;
    private final String directory;
    private final NamedOptions options;

    private ScoredEdges(SparkSession spark, String directory, NamedOptions options) {
        this.spark = spark;
        this.directory = directory;
        this.options = options;
    }

    /**
     * @param options the sweep's options, except for the scores and the place of results
     * @throws InputException where there are no scores
     */
    static ScoredEdges open(SparkSession spark, String directory, NamedOptions options) {
        GivenScores given = GivenScores.of(directory);
        return new ScoredEdges(spark, given.uri(), options);
    }

    /** One row per edge: source, destination, position, score, rank and the other columns of {@code edges/}. */
    public Dataset<Row> edges() {
        return spark.read().parquet(new Path(directory, "edges").toString());
    }

    /** One row per node, or per neuron, where {@code --level} said so: source, score, rank and the other columns of {@code nodes/}. */
    public Dataset<Row> nodes() {
        String level = manifest().at("/options/level").asText("node");
        return spark.read().parquet(new Path(directory, level + "s").toString());
    }

    /** How the scores were made: options, fingerprints, counts, the run's self-check. */
    public JsonNode manifest() {
        return ManifestFile.read(directory);
    }

    /** The prompt pairs to measure circuits on. */
    public ScoredEdges prompts(String... uris) {
        return option("--prompts", uris);
    }

    /** Leaves out the first prompts. */
    public ScoredEdges skip(long prompts) {
        return option("--skip", String.valueOf(prompts));
    }

    /** Uses at most this many prompts. */
    public ScoredEdges limit(long prompts) {
        return option("--limit", String.valueOf(prompts));
    }

    /** Sizes of circuits: {@code 0,10,100}, {@code 0.1%,1%}, {@code all}, {@code logarithmic}. */
    public ScoredEdges edgeCounts(String counts) {
        return option("--edge-counts", counts);
    }

    /** What to measure, as {@code sweep --help} lists it. */
    public ScoredEdges metrics(String... names) {
        return option("--metrics", String.join(",", names));
    }

    /**
     * Any other option of {@code sweep}.
     *
     * @param name with its dashes
     * @param values none for a switch, several for an option that can be repeated
     */
    public ScoredEdges option(String name, String... values) {
        return new ScoredEdges(spark, directory, options.with(name, values));
    }

    /** Lets results replace what is there. */
    public ScoredEdges overwrite() {
        return option("--overwrite");
    }

    /**
     * Runs and measures the circuits, and shows progress on stdout.
     *
     * @param out directory for the results, as {@code sweep --out}
     */
    public MeasuredCircuits sweep(String out) {
        Place place = Place.of(out, options);
        SweepJob job = place.others()
                .with("--scores", directory)
                .fill(new SweepOptions())
                .job(place.output().ifThere().overwrites());
        SweepJob.Plan plan = job.plan();
        place.show(JobRun.start(
                        () -> Session.ofNotebook(spark), place.output(), job.manifest(plan), run -> job.run(run, plan))
                .map(SweepText::new));
        return swept(out);
    }

    /** The circuits that an earlier run measured with these scores. */
    public MeasuredCircuits swept(String out) {
        return new MeasuredCircuits(spark, directory, out);
    }

    @Override
    public String toString() {
        return "Scores in " + directory + ", to sweep with " + options;
    }
}
