package io.edgewise.jobs.figure;

import static io.edgewise.jobs.figure.Circuits.edge;
import static io.edgewise.jobs.figure.Circuits.end;
import static io.edgewise.jobs.figure.Circuits.figure;
import static io.edgewise.jobs.figure.Circuits.mlp;
import static io.edgewise.jobs.figure.Circuits.start;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CircuitFigureHtmlTest {
    private static final String HOSTILE = "<script>alert(1)</script>";
    private static final Pattern SVG = Pattern.compile("<svg.*</svg>", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("<tr>(.*?)</tr>", Pattern.DOTALL);

    @Test
    void holdsTheDrawing() {
        CircuitFigure figure = Circuits.any(30, 7);

        Drawing inPage = drawing(figure.html());

        assertThat(inPage.tooltips())
                .hasSize(30)
                .isEqualTo(Drawing.parse(figure.svg()).tooltips());
        assertThat(inPage.boxes()).isEqualTo(Drawing.parse(figure.svg()).boxes());
    }

    @Test
    void hasTheTitleAndTheLegendOnceOnly() {
        String page = figure(edge(start(), end(), 0.5)).html();

        assertThat(page).contains("<title>a circuit</title>", "<h1>a circuit</h1>", "aria-label=\"Legend\"");
        assertThat(drawing(page).ofClass("heading")).isEmpty();
        assertThat(drawing(page).ofClass("legend")).isEmpty();
    }

    @Test
    void listsTheEdgesByPosition() {
        String page = new CircuitFigure(
                        "positions",
                        List.of(
                                edge(mlp(0), end(), 4, -0.5),
                                edge(start(), mlp(0), 0, 0.125),
                                edge(start(), mlp(0), 4, 0.75),
                                edge(start(), end(), 4, 0.01)),
                        List.of("The"),
                        0.1)
                .html();

        assertThat(rows(page))
                .containsExactly(
                        "Position|Source|Destination|Score",
                        "The position 0|Resid Start|MLP 0|0.1250",
                        "position 4|Resid Start|MLP 0|0.7500",
                        "position 4|MLP 0|Resid End|-0.5000");
    }

    @Test
    void hasNoColumnForPositionsThereAreNot() {
        assertThat(rows(figure(edge(start(), end(), 0.5)).html()))
                .containsExactly("Source|Destination|Score", "Resid Start|Resid End|0.5000");
    }

    @Test
    void keepsTextFromBecomingMarkup() {
        DrawnNode odd = new DrawnNode("MLP " + HOSTILE, 3);
        String page = new CircuitFigure(
                        HOSTILE,
                        List.of(edge(start(), odd, 0, 0.5), edge(odd, end(), 0, 0.5)),
                        List.of(HOSTILE + "{{title}}"),
                        0)
                .html();

        assertThat(page).doesNotContain("<script").contains("&lt;script&gt;alert(1)&lt;/script&gt;{{title}}");
        assertThat(drawing(page).links()).hasSize(2);
    }

    @Test
    void needsNeitherNetworkNorScript() {
        String page = Circuits.any(30, 8).html().replace("http://www.w3.org/2000/svg", "");

        assertThat(page.toLowerCase(Locale.ROOT))
                .doesNotContain("http:", "https:", "<script", "<link", "<img", "@import", "url(")
                .contains("default-src 'none'");
    }

    @Test
    void saysThatNothingIsDrawn() {
        String page = new CircuitFigure("empty", List.of(edge(start(), end(), 0.5)), List.of(), 1).html();

        assertThat(drawing(page).ofClass("empty")).hasSize(1);
        assertThat(page).doesNotContain("<table").doesNotContain("Legend");
    }

    @Test
    void writesTheSameBytesEveryTime() {
        assertThat(Circuits.any(40, 9).html()).isEqualTo(Circuits.any(40, 9).html());
    }

    private static Drawing drawing(String page) {
        Matcher svg = SVG.matcher(page);
        assertThat(svg.find()).isTrue();
        return Drawing.parse(svg.group());
    }

    private static List<String> rows(String page) {
        return ROW.matcher(page)
                .results()
                .map(row -> row.group(1)
                        .replaceAll("</t[dh]><t[dh][^>]*>", "|")
                        .replaceAll("<[^>]*>", "")
                        .replaceAll(" +(\\||$)", "$1"))
                .toList();
    }
}
