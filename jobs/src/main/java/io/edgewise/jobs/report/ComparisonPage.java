package io.edgewise.jobs.report;

import java.util.List;

/** The page that compares two circuits side by side: a single HTML file that needs nothing else. */
public final class ComparisonPage {
    private static final OneFilePage PAGE = new OneFilePage(
            "compare.mustache",
            List.of("compared.js", "compare-heads.js", "compare-sizes.js", "compare-edges.js", "compare.js"));

    private ComparisonPage() {}

    /** The page as HTML, to be stored as UTF-8. */
    public static String render(Comparison data) {
        return PAGE.render(data.title(), data.toolVersion(), data, false);
    }
}
