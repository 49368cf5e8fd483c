package io.edgewise.jobs.report;

import java.util.List;

/** The report's page: a single HTML file that needs no other files and no network. */
public final class ReportPage {
    private static final OneFilePage PAGE = new OneFilePage(
            "report.mustache",
            List.of(
                    "headline.js",
                    "size.js",
                    "summary.js",
                    "node-sums.js",
                    "heat.js",
                    "answers.js",
                    "edges.js",
                    "rejected.js",
                    "training-chart.js",
                    "training-table.js",
                    "training.js",
                    "methods.js",
                    "exact.js",
                    "page.js"));

    private ReportPage() {}

    /** The page as HTML, to be stored as UTF-8. */
    public static String render(ReportData data) {
        return PAGE.render(data.title(), data.toolVersion(), data, true);
    }
}
