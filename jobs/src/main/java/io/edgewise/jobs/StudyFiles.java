package io.edgewise.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.jobs.files.Hadoop;
import io.edgewise.jobs.files.Manifest;
import io.edgewise.jobs.report.CurvePoint;
import io.edgewise.jobs.report.Study;
import io.edgewise.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * What a score directory and a sweep directory hold, for the report.
 *
 * @param name what the study is called
 */
record StudyFiles(String name, String scoreDirectory, String sweepDirectory) {
    /** Checks that both directories are complete. */
    void check() {
        checkComplete("--scores", scoreDirectory, "score");
        checkComplete("--sweep", sweepDirectory, "sweep");
    }

    private static void checkComplete(String option, String directory, String command) {
        Path success = new Path(Hadoop.qualified(directory), "_SUCCESS");
        try {
            if (!Hadoop.fileSystem(success).exists(success)) {
                throw new InputException(option + " wants a complete directory that " + command + " --out wrote, got "
                        + directory + ", which has no _SUCCESS");
            }
        } catch (IOException e) {
            throw new InputException("Could not reach " + directory + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads the study.
     *
     * @throws InputException where the directories don't hold what they should
     */
    Study read(SparkSession spark) {
        try {
            return study(spark);
        } catch (InputException e) {
            throw e;
        } catch (Exception e) {
            throw new InputException(
                    "Could not read " + scoreDirectory + " and " + sweepDirectory
                            + " as what score --out and sweep --out" + " wrote: " + e.getMessage(),
                    e);
        }
    }

    private Study study(SparkSession spark) {
        JsonNode scored = manifest(scoreDirectory);
        JsonNode swept = manifest(sweepDirectory);
        int edgeCount = scored.path("graph").path("edges").asInt();
        StudyTables tables = new StudyTables(spark, scoreDirectory, sweepDirectory);
        List<CurvePoint> curve = tables.curve();
        Headline headline = headline(curve, edgeCount);
        return new Study(
                name,
                headline.toString(),
                StudyFacts.doubts(scored, swept),
                StudyFacts.of(scored, swept),
                edgeCount,
                headline.chosenEdges(),
                tables.nodes(),
                tables.edges(),
                curve,
                SeqLabels.of(scored),
                new StudyAnswers(spark, sweepDirectory).read(headline.chosenEdges()),
                tables.rejected());
    }

    static Headline headline(List<CurvePoint> curve, int edgeCount) {
        return Headline.of(
                curve.stream()
                        .filter(point -> point.metric().equals("answer_diff_percent"))
                        .map(point -> new Headline.Kept(point.achievedEdges(), point.value()))
                        .toList(),
                edgeCount);
    }

    static JsonNode manifest(String directory) {
        Path file = new Path(Hadoop.qualified(directory), Manifest.FILE);
        try (InputStream in = Hadoop.fileSystem(file).open(file)) {
            return StrictJson.read(in, Manifest.MOST_BYTES, file.toString());
        } catch (IOException e) {
            throw new InputException("Could not read " + file + ": " + e.getMessage(), e);
        }
    }
}
