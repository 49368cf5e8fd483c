package io.edgewise.jobs.report;

import java.util.List;

/** Makes the page that sets two circuits side by side: a single HTML file that needs nothing else. */
public final class ComparisonPage {
    private static final OneFilePage PAGE = new OneFilePage(
            "compare.mustache",
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
                    "curve-legend.js",
                    "curve-guides.js",
                    "curve.js",
                    "curve-table.js",
                    "metrics.js",
                    "filter-fields.js",
                    "zoom.js",
                    "circuit-plan.js",
                    "circuit-picture.js",
                    "circuit-layout.js",
                    "circuit-legend.js",
                    "circuit.js",
                    "compared.js",
                    "compare-heads.js",
                    "compare-sizes.js",
                    "compare-edges.js",
                    "compare.js"));

    private ComparisonPage() {}

    /** The page as HTML, to be stored as UTF-8. */
    public static String render(Comparison data) {
        return PAGE.render(data.title(), data.toolVersion(), data, false);
    }
}
