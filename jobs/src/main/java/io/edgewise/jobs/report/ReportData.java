package io.edgewise.jobs.report;

import java.util.List;

/**
 * What a report page shows.
 *
 * @param toolVersion of Edgewise, {@code 0.1.0}
 * @param studies in the order of their tabs
 */
public record ReportData(String title, String toolVersion, List<Study> studies) {
    public ReportData {
        studies = List.copyOf(studies);
    }
}
