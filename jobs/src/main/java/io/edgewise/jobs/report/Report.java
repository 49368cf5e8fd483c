package io.edgewise.jobs.report;

import io.edgewise.jobs.files.Version;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * The report: one page, with everything in it, about one or several studies.
 *
 * @param studies what it is about, in the order in which it shows them
 */
public record Report(List<StudyFiles> studies) {
    public Report {
        studies = List.copyOf(studies);
    }

    /** What the page shows, read from the result directories. */
    public List<Study> read(SparkSession spark) {
        return studies.stream().map(study -> study.read(spark)).toList();
    }

    /** The page. */
    public String html(List<Study> read) {
        return ReportPage.render(new ReportData("Edgewise report", Version.edgewise(), read));
    }

    /** The page, of what is in the result directories. */
    public String html(SparkSession spark) {
        return html(read(spark));
    }
}
