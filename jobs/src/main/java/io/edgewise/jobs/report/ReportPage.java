package io.edgewise.jobs.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.util.Map;

/** Makes the report: a single HTML file that needs nothing else, neither other files nor a network. */
public final class ReportPage {
    private static final Template TEMPLATE = Mustache.compiler().compile(Asset.own("report.mustache"));

    private ReportPage() {}

    /** The page as HTML, to be stored as UTF-8. */
    public static String render(ReportData data) {
        String charts = Asset.charts();
        String script = Asset.own("report.js");
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
