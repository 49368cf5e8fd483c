package io.edgewise.jobs.report;

import java.util.List;

/**
 * What a report page shows.
 *
 * @param toolVersion of Edgewise, {@code 0.1.0}
 * @param studies in the order of their tabs
 * @param comparisons the methods of each task that has several
 * @param exact how well methods agree with exact patching, for each task that has both
 */
public record ReportData(
        String title,
        String toolVersion,
        List<Study> studies,
        List<MethodComparison> comparisons,
        List<ExactTable> exact) {
    public ReportData {
        studies = List.copyOf(studies);
        comparisons = List.copyOf(comparisons);
        exact = List.copyOf(exact);
    }

    /** A page that compares no methods. */
    public ReportData(String title, String toolVersion, List<Study> studies) {
        this(title, toolVersion, studies, List.of(), List.of());
    }
}
