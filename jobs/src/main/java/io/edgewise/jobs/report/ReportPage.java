package io.edgewise.jobs.report;

import java.util.List;

/** Makes the report: a single HTML file that needs nothing else, neither other files nor a network. */
public final class ReportPage {
    private static final OneFilePage PAGE = new OneFilePage(
            "report.mustache",
            List.of(
                    "edgewise.js",
                    "numbers.js",
                    "scale.js",
                    "labels.js",
                    "elements.js",
                    "pills.js",
                    "charts.js",
                    "paths.js",
                    "filter.js",
                    "edge-tip.js",
                    "study.js",
                    "choice.js",
                    "redrawing.js",
                    "headline.js",
                    "curve-legend.js",
                    "curve-guides.js",
                    "curve.js",
                    "curve-table.js",
                    "metrics.js",
                    "size.js",
                    "summary.js",
                    "filter-fields.js",
                    "zoom.js",
                    "circuit-plan.js",
                    "circuit-picture.js",
                    "circuit-layout.js",
                    "circuit-legend.js",
                    "circuit.js",
                    "node-sums.js",
                    "heat.js",
                    "answers.js",
                    "edges.js",
                    "facts.js",
                    "rejected.js",
                    "page.js"));

    private ReportPage() {}

    /** The page as HTML, to be stored as UTF-8. */
    public static String render(ReportData data) {
        return PAGE.render(data.title(), data.toolVersion(), data, true);
    }
}
