package io.edgewise.jobs.notebook;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.jobs.figure.CircuitPicture;
import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.jobs.report.Report;
import io.edgewise.jobs.report.Study;
import io.edgewise.jobs.report.StudyFiles;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The measured circuits in a notebook: how much of the behaviour each size keeps, and drawings. */
public final class MeasuredCircuits {
    static final int REPORT_HEIGHT = 1200;
    private static final int CIRCUIT_HEIGHT = 700;

    private final SparkSession spark;
    private final String directory;
    private final StudyFiles files;

    MeasuredCircuits(SparkSession spark, String scores, String directory) {
        this.spark = spark;
        this.directory = directory;
        this.files = new StudyFiles(new Path(scores).getName(), scores, directory);
        files.check();
    }

    /**
     * One row per circuit and metric: requested_edges, achieved_edges, metric, value, the interval's low and high, and the other columns of
     * {@code measurements/}.
     */
    public Dataset<Row> measurements() {
        return table("measurements");
    }

    /** One row per edge of each circuit, with its score and rank. */
    public Dataset<Row> circuits() {
        return table("circuits");
    }

    /** What the model and each circuit answer on the first prompts: one row per prompt and circuit. */
    public Dataset<Row> answers() {
        return table("answers");
    }

    /** How the measurements were made: options, fingerprints, counts, the run's self-check. */
    public JsonNode manifest() {
        return ManifestFile.read(directory);
    }

    /** The smallest circuit that keeps nine tenths of the behaviour, in a sentence. */
    public String headline() {
        return study().headline();
    }

    /** A drawing of the headline's circuit, to show as HTML inside another page. */
    public String circuitHtml() {
        return circuitHtml(study().chosenEdges());
    }

    /**
     * A drawing of a circuit, to show as HTML inside another page.
     *
     * @param edges the circuit's size, one of the sizes that were measured
     * @throws InputException where no circuit has this size
     */
    public String circuitHtml(int edges) {
        JsonNode manifest = manifest();
        String ranking = manifest.at("/options/ranking").asText();
        List<Row> rows = circuits()
                .filter(col("achieved_edges").equalTo(edges).and(col("ranking").equalTo(ranking)))
                .dropDuplicates("rank")
                .orderBy("rank")
                .collectAsList();
        if (rows.isEmpty()) {
            throw new InputException("No circuit of " + edges + " edges in " + directory
                    + "; measurements() has the sizes that were measured, as achieved_edges");
        }
        int all = manifest.at("/graph/edges").asInt();
        return new HtmlFrame(CircuitPicture.html(rows, all), CIRCUIT_HEIGHT).toString();
    }

    /**
     * The report of scores and circuits, to show as HTML inside another page. It has two megabytes, so Zeppelin needs a
     * zeppelin.interpreter.output.limit above that.
     */
    public String reportHtml() {
        return new HtmlFrame(new Report(List.of(files)).html(spark), REPORT_HEIGHT).toString();
    }

    private Study study() {
        return files.read(spark);
    }

    private Dataset<Row> table(String name) {
        return spark.read().parquet(new Path(directory, name).toString());
    }

    @Override
    public String toString() {
        return "Circuits in " + directory;
    }
}
