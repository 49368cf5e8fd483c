package io.edgewise.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.circuit.BenchmarkArea;
import io.edgewise.circuit.Faithfulness;
import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.jobs.results.Measured;
import io.edgewise.jobs.results.MethodResult;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * The directories of one method on one task, read for the comparison of methods.
 *
 * @param study what was read from them for the report
 */
public record MethodFiles(StudyFiles files, Study study) {

    /** What was found; nothing is run or measured for it. */
    public MethodResult read(SparkSession spark, String task, String method) {
        StudyTables tables = new StudyTables(spark, files.scoreDirectory(), files.sweepDirectory());
        Map<String, Measured> areas = tables.areas();
        JsonNode scored = ManifestFile.read(files.scoreDirectory());
        return new MethodResult(
                task,
                method,
                areas.getOrDefault(Faithfulness.NAME, Measured.UNKNOWN),
                StudyFiles.headline(study.curve(), study.edgeCount()).edgesAt90(),
                areas.getOrDefault(BenchmarkArea.CPR.metric(), Measured.UNKNOWN),
                areas.getOrDefault(BenchmarkArea.CMD.metric(), Measured.UNKNOWN),
                study.chosenEdges(),
                tables.stability(study.chosenEdges()).orElse(null),
                scored.path("seconds").asDouble(Double.NaN),
                scored.has("resumed_batches"),
                study.showsTask());
    }
}
