package io.edgewise.jobs.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.jobs.files.Hadoop;
import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.jobs.options.NamedOptions;
import io.edgewise.jobs.study.StudyJob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The results of a study in a notebook: scores and circuits of each task by each method, and how the methods compare. */
public final class StudyResults {
    private final SparkSession spark;
    private final String directory;
    private final NamedOptions options;

    /** @param options the options of further sweeps, except for the scores and the place of results */
    StudyResults(SparkSession spark, String directory, NamedOptions options) {
        this.spark = spark;
        this.directory = directory;
        this.options = options;
    }

    /** One sentence for each task and method, with the edges of its circuit. */
    public List<String> headlines() {
        List<String> headlines = new ArrayList<>();
        manifest().path(StudyJob.HEADLINES).forEach(headline -> headlines.add(headline.asText()));
        return headlines;
    }

    /** With several methods, one row per task and method, with the numbers to compare them by. */
    public Dataset<Row> methods() {
        return spark.read().parquet(new Path(directory, "methods").toString());
    }

    /** How the study was made: options, fingerprints, headlines. */
    public JsonNode manifest() {
        return ManifestFile.read(directory);
    }

    /** The study's report, to show as HTML inside another page. */
    public String reportHtml() {
        Path page = new Path(directory, "report.html");
        try (InputStream in = Hadoop.fileSystem(page).open(page)) {
            return new HtmlFrame(new String(in.readAllBytes(), StandardCharsets.UTF_8), MeasuredCircuits.REPORT_HEIGHT)
                    .toString();
        } catch (IOException e) {
            throw new InputException("Could not read " + page + ": " + e.getMessage(), e);
        }
    }

    /**
     * The scores of a task. Before a sweep with them, give its prompts, where the study has several tasks.
     *
     * @param task the name of its prompt file without the ending, or what {@code --name} calls it
     * @param method one of the study's methods
     * @throws InputException where the study has no such scores
     */
    public ScoredEdges scores(String task, String method) {
        return ScoredEdges.open(spark, part(task, method, "score"), options);
    }

    /** The circuits of a task, measured on its other prompts. */
    public MeasuredCircuits circuits(String task, String method) {
        return scores(task, method).swept(part(task, method, "sweep"));
    }

    @Override
    public String toString() {
        return "Study in " + directory;
    }

    private String part(String task, String method, String step) {
        return new Path(directory, task + "/" + method + "/" + step).toString();
    }
}
