package io.edgewise.jobs.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page in one file, which needs no other files and no network.
 *
 * @param template a file next to this class
 * @param own the files of the page's own script, which follow those that every page has; each comes after the files that it uses
 */
record OneFilePage(String template, List<String> own) {
    private static final List<String> SHARED = List.of(
            "edgewise.js",
            "numbers.js",
            "scale.js",
            "slider.js",
            "labels.js",
            "elements.js",
            "pills.js",
            "charts.js",
            "paths.js",
            "filter.js",
            "edge-tip.js",
            "pointer-tip.js",
            "circuit-plan.js",
            "study.js",
            "facts.js",
            "choice.js",
            "redrawing.js",
            "curve-legend.js",
            "curve-guides.js",
            "curve-band.js",
            "curve-controls.js",
            "curve.js",
            "curve-table.js",
            "metrics.js",
            "filter-fields.js",
            "zoom.js",
            "circuit-legend.js",
            "circuit-strip.js",
            "circuit-shapes.js",
            "circuit.js");
    private static final Mustache.Compiler COMPILER =
            Mustache.compiler().withLoader(name -> new StringReader(Asset.own(name)));

    /**
     * The page as HTML, to be stored as UTF-8.
     *
     * @param data the data that its script reads
     * @param tabs whether it has a row of tabs
     */
    String render(String title, String version, Object data, boolean tabs) {
        Template page = COMPILER.compile(Asset.own(template));
        String charts = Asset.charts();
        String whole =
                Stream.concat(SHARED.stream(), own.stream()).map(Asset::own).collect(Collectors.joining("\n"));
        return page.execute(Map.of(
                "title", title,
                "version", version,
                "tabs", tabs,
                "css", Asset.own("report.css"),
                "charts", charts,
                "chartsHash", InlineScript.hash(charts),
                "script", whole,
                "scriptHash", InlineScript.hash(whole),
                "json", InlineScript.json(data)));
    }
}
