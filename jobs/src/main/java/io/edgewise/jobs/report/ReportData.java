package io.edgewise.jobs.report;

import java.util.List;

/**
 * What a report page shows.
 *
 * @param toolVersion of Edgewise, {@code 0.1.0}
 * @param studies in the order of their tabs
 * @param exact how well methods agree with exact patching, for each task that has both
 */
public record ReportData(String title, String toolVersion, List<Study> studies, List<ExactTable> exact) {
    public ReportData {
        studies = List.copyOf(studies);
        exact = List.copyOf(exact);
    }

    /** A page without a comparison with exact patching. */
    public ReportData(String title, String toolVersion, List<Study> studies) {
        this(title, toolVersion, studies, List.of());
    }
}
