package io.edgewise.jobs.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes the report: a single HTML file that needs nothing else, neither other files nor a network. */
public final class ReportPage {
    private static final Template TEMPLATE = Mustache.compiler().compile(Asset.own("report.mustache"));

    /** The files of the page's script, each after those that it takes something from. */
    private static final List<String> SCRIPT = List.of(
            "edgewise.js",
            "numbers.js",
            "scale.js",
            "labels.js",
            "elements.js",
            "pills.js",
            "charts.js",
            "paths.js",
            "filter.js",
            "study.js",
            "choice.js",
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
            "circuit-layout.js",
            "circuit-legend.js",
            "circuit.js",
            "node-sums.js",
            "heat.js",
            "answers.js",
            "edges.js",
            "facts.js",
            "rejected.js",
            "page.js");

    private ReportPage() {}

    /** The page as HTML, to be stored as UTF-8. */
    public static String render(ReportData data) {
        String charts = Asset.charts();
        String script = SCRIPT.stream().map(Asset::own).collect(Collectors.joining("\n"));
        return TEMPLATE.execute(Map.of(
                "title", data.title(),
                "version", data.toolVersion(),
                "css", Asset.own("report.css"),
                "charts", charts,
                "chartsHash", InlineScript.hash(charts),
                "script", script,
                "scriptHash", InlineScript.hash(script),
                "json", InlineScript.json(data)));
    }
}
