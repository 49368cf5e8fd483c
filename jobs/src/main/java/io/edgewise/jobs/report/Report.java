package io.edgewise.jobs.report;

import io.edgewise.jobs.files.Version;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * The report: one self-contained page about one or several studies.
 *
 * @param studies the studies, in the order in which they are shown
 */
public record Report(List<StudyFiles> studies) {
    public Report {
        studies = List.copyOf(studies);
    }

    /** Reads what the page shows from the result directories. */
    public List<Study> read(SparkSession spark) {
        return studies.stream().map(study -> study.read(spark)).toList();
    }

    /** The page about studies that were read. */
    public String html(List<Study> read) {
        return html(read, List.of(), List.of());
    }

    /**
     * The page about studies that were read, with comparisons of their methods.
     *
     * @param comparisons for each task that has several methods
     * @param exact for each task that has exact scores and others
     */
    public String html(List<Study> read, List<MethodComparison> comparisons, List<ExactTable> exact) {
        return ReportPage.render(new ReportData("Edgewise report", Version.edgewise(), read, comparisons, exact));
    }

    /** The page about the studies in the result directories. */
    public String html(SparkSession spark) {
        return html(read(spark));
    }
}
