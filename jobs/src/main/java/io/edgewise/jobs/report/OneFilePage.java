package io.edgewise.jobs.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A page that needs nothing else, neither other files nor a network.
 *
 * @param template a file next to this class
 * @param script the files of the page's script, each after those that it takes something from
 */
record OneFilePage(String template, List<String> script) {
    private static final Mustache.Compiler COMPILER =
            Mustache.compiler().withLoader(name -> new StringReader(Asset.own(name)));

    /**
     * The page as HTML, to be stored as UTF-8.
     *
     * @param data what its script reads
     * @param tabs whether it has a row of tabs
     */
    String render(String title, String version, Object data, boolean tabs) {
        Template page = COMPILER.compile(Asset.own(template));
        String charts = Asset.charts();
        String whole = script.stream().map(Asset::own).collect(Collectors.joining("\n"));
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
