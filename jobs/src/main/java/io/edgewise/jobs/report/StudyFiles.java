package io.edgewise.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.check.TaskEvidence;
import io.edgewise.circuit.Faithfulness;
import io.edgewise.jobs.files.Hadoop;
import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.jobs.input.SeqLabels;
import io.edgewise.jobs.results.TaskJson;
import io.edgewise.jobs.sweep.Headline;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * A score directory and a sweep directory, read for the report.
 *
 * @param name what the study is called
 */
public record StudyFiles(String name, String scoreDirectory, String sweepDirectory) {
    /** The way to choose circuits whose edges are the first by rank. */
    private static final String ABSOLUTE = "absolute";

    /** Checks that both directories are complete. */
    public void check() {
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
    public Study read(SparkSession spark) {
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
        JsonNode scored = ManifestFile.read(scoreDirectory);
        JsonNode swept = ManifestFile.read(sweepDirectory);
        String level = scored.at("/options/level").asText("edge");
        if (!level.equals("edge")) {
            throw new InputException("A report shows scores of edges; those in " + scoreDirectory + " are of " + level
                    + "s: read their tables, or score with --level edge");
        }
        int edgeCount = scored.path("graph").path("edges").asInt();
        StudyTables tables = new StudyTables(spark, scoreDirectory, sweepDirectory);
        List<CurvePoint> curve = tables.curve();
        TrainedMasks training =
                TrainedMasks.of(scored.at("/options/faithfulness-target").asText(), tables.training());
        Headline headline = headline(curve, edgeCount);
        Optional<TaskEvidence> noTask = TaskJson.in(swept).filter(TaskEvidence::showsNone);
        return new Study(
                name,
                noTask.map(TaskEvidence::sentence).orElseGet(() -> sentence(headline, curve)),
                noTask.isEmpty() && !headline.showsNoTask(),
                StudyFacts.doubts(scored, swept),
                Stream.of(
                                tables.stability(headline.chosenEdges()).map(StabilityFact::of).stream(),
                                TrainingFact.of(training).stream(),
                                StudyFacts.of(scored, swept).stream())
                        .flatMap(facts -> facts)
                        .toList(),
                edgeCount,
                headline.chosenEdges(),
                tables.nodes(),
                edges(tables, swept.path("options"), headline.chosenEdges()),
                curve,
                tables.controls(),
                SeqLabels.of(scored),
                new StudyAnswers(spark, sweepDirectory).read(headline.chosenEdges()),
                tables.rejected(),
                training);
    }

    private static List<ReportEdge> edges(StudyTables tables, JsonNode options, int chosenEdges) {
        return options.path("select").asText(ABSOLUTE).equals(ABSOLUTE) && !tables.hasMinimised()
                ? tables.edges()
                : tables.edges(options.path("ranking").asText(), chosenEdges);
    }

    private static String sentence(Headline headline, List<CurvePoint> curve) {
        ErrorHeadline errors = ErrorHeadline.of(curve);
        return headline.circuits().isEmpty() && errors.isMeasured()
                ? errors.sentence(headline.chosenEdges())
                : headline.toString();
    }

    /** What a curve says in one sentence. */
    static Headline headline(List<CurvePoint> curve, int edgeCount) {
        return new Headline(
                curve.stream()
                        .filter(point -> point.metric().equals(Faithfulness.NAME))
                        .map(point -> new Headline.Kept(point.achievedEdges(), point.value(), point.interval()))
                        .toList(),
                edgeCount);
    }
}
