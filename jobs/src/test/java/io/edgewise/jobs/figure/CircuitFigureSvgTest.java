package io.edgewise.jobs.figure;

import static io.edgewise.jobs.figure.Circuits.edge;
import static io.edgewise.jobs.figure.Circuits.end;
import static io.edgewise.jobs.figure.Circuits.figure;
import static io.edgewise.jobs.figure.Circuits.head;
import static io.edgewise.jobs.figure.Circuits.mlp;
import static io.edgewise.jobs.figure.Circuits.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.jobs.figure.Drawing.Box;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class CircuitFigureSvgTest {
    private static final String HOSTILE = "<script>alert(1)</script> & \"'";
    private static final double PER_CHARACTER = 7;
    /** Coordinates have one digit. */
    private static final double ROUNDING = 0.2;

    @Test
    void drawsARibbonAnEdgeAndABoxANode() {
        Drawing drawing = Drawing.parse(figure(
                        edge(start(), head(0, 3, "Q"), 0.5),
                        edge(start(), head(0, 3, "K"), 0.25),
                        edge(head(0, 3), mlp(1), -0.125),
                        edge(mlp(1), end(), 0.0625))
                .svg());

        assertThat(drawing.panels()).hasSize(1);
        assertThat(drawing.boxes())
                .extracting(Box::label)
                .containsExactlyInAnyOrder("Embed", "A0.3", "MLP 1", "Unembed");
        assertThat(drawing.tooltips())
                .containsExactly(
                        "Resid Start->A0.3.Q  0.5000",
                        "Resid Start->A0.3.K  0.2500",
                        "A0.3->MLP 1  -0.1250",
                        "MLP 1->Resid End  0.06250");
    }

    @Test
    void coloursRibbonsBySign() {
        Drawing drawing = Drawing.parse(
                figure(edge(start(), mlp(0), 0.5), edge(start(), mlp(1), -0.25)).svg());

        assertThat(drawing.links())
                .extracting(link -> link.getAttribute("class"))
                .containsExactly("link positive", "link negative");
    }

    @Test
    void makesRibbonsAsWideAsTheirScoresAreLarge() {
        List<Element> links = Drawing.parse(
                        figure(edge(start(), mlp(0), -0.8), edge(start(), mlp(1), 0.2), edge(start(), end(), 1e-6))
                                .svg())
                .links();

        double widest = Drawing.number(links.get(0), "stroke-width");
        assertThat(widest).isGreaterThan(10);
        assertThat(Drawing.number(links.get(1), "stroke-width")).isCloseTo(widest / 4, within(ROUNDING));
        assertThat(Drawing.number(links.get(2), "stroke-width")).isEqualTo(1);
    }

    @Test
    void makesBoxesAsHighAsAllThatEntersOrLeaves() {
        Drawing drawing =
                Drawing.parse(figure(edge(start(), mlp(0), 0.5), edge(start(), mlp(1), 0.5), edge(mlp(0), end(), 0.25))
                        .svg());
        Map<String, Box> boxes = byLabel(drawing);

        double widest = Drawing.number(drawing.links().get(0), "stroke-width");
        assertThat(boxes.get("Embed").height()).isCloseTo(2 * widest, within(ROUNDING));
        assertThat(boxes.get("MLP 0").height()).isCloseTo(widest, within(ROUNDING));
    }

    @Test
    void givesAColumnToLayersWithANodeOnly() {
        Map<String, Box> boxes = byLabel(Drawing.parse(
                figure(edge(start(), head(5, 1, "V"), 0.5), edge(head(5, 1), end(), 0.5), edge(start(), end(), 0.5))
                        .svg()));

        double first = boxes.get("A5.1").left() - boxes.get("Embed").right();
        double second = boxes.get("Unembed").left() - boxes.get("A5.1").right();
        assertThat(first).isPositive().isCloseTo(second, within(ROUNDING));
    }

    @ParameterizedTest
    @CsvSource({"5,1", "20,2", "60,3", "150,4", "400,5"})
    void keepsBoxesApartAndInThePicture(int edges, long seed) {
        Drawing drawing = Drawing.parse(Circuits.any(edges, seed).svg());

        List<Box> boxes = drawing.boxes();
        assertThat(boxes).doesNotHaveDuplicates();
        for (Box box : boxes) {
            assertThat(boxes.stream().filter(other -> !other.equals(box) && other.overlaps(box)))
                    .isEmpty();
            assertThat(box.left()).isPositive();
            assertThat(box.right()).isLessThan(Drawing.number(drawing.root(), "width"));
            assertThat(box.top()).isNotNegative();
            assertThat(box.width())
                    .isGreaterThanOrEqualTo(PER_CHARACTER * box.label().length());
        }
    }

    @ParameterizedTest
    @CsvSource({"5,1", "20,2", "60,3", "150,4", "400,5"})
    void joinsTheBoxesThatTheTooltipNames(int edges, long seed) {
        CircuitFigure figure = Circuits.any(edges, seed);
        Drawing drawing = Drawing.parse(figure.svg());
        Map<String, Box> boxes = byLabel(drawing);
        Map<String, DrawnEdge> drawn =
                figure.edges().stream().collect(Collectors.toMap(DrawnEdge::name, Function.identity()));

        assertThat(drawing.links()).hasSize(edges);
        for (int i = 0; i < edges; i++) {
            Ribbon ribbon = Ribbon.of(drawing.links().get(i));
            DrawnEdge edge = drawn.get(drawing.tooltips().get(i).split(" {2}", -1)[0]);
            Box source = boxes.get(edge.source().shown());
            Box destination = boxes.get(edge.destination().shown());
            assertThat(ribbon.start().x()).isCloseTo(source.right(), within(ROUNDING));
            assertThat(ribbon.start().y()).isBetween(source.top(), source.bottom());
            assertThat(ribbon.end().x()).isCloseTo(destination.left(), within(ROUNDING));
            assertThat(ribbon.end().y()).isBetween(destination.top(), destination.bottom());
        }
    }

    @ParameterizedTest
    @CsvSource({"5,1", "20,2", "60,3", "150,4", "400,5"})
    void leadsRibbonsAroundTheBoxesInBetween(int edges, long seed) {
        Drawing drawing = Drawing.parse(Circuits.any(edges, seed).svg());
        List<Box> boxes = drawing.boxes();

        for (Element link : drawing.links()) {
            Ribbon ribbon = Ribbon.of(link);
            assertThat(boxes.stream().filter(ribbon::runsThrough))
                    .as(link.getTextContent())
                    .isEmpty();
        }
    }

    @Test
    void drawsAPanelForEveryPositionThatHasAnEdgeLeft() {
        List<DrawnEdge> edges = List.of(
                edge(start(), mlp(0), 7, 0.5),
                edge(start(), mlp(0), 1, 0.5),
                edge(mlp(0), end(), 1, -0.25),
                edge(start(), end(), 2, 0.01));

        List<Drawing> panels = Drawing.parse(new CircuitFigure("positions", edges, List.of("The", " war"), 0.1).svg())
                .panels();

        assertThat(panels).hasSize(2);
        assertThat(panels).extracting(panel -> panel.links().size()).containsExactly(2, 1);
        assertThat(panels)
                .extracting(panel ->
                        panel.ofClass("position").get(0).getFirstChild().getTextContent())
                .containsExactly(" war", "position 7");
        assertThat(panels.get(0).ofClass("note").get(0).getTextContent()).isEqualTo("position 1");
        assertThat(panels.get(1).ofClass("note")).isEmpty();
    }

    @Test
    void numbersAPositionWhoseLabelIsBlank() {
        CircuitFigure figure = new CircuitFigure("blank", List.of(edge(start(), end(), 0, 0.5)), List.of(" "), 0);

        assertThat(Drawing.parse(figure.svg()).ofClass("position"))
                .singleElement()
                .satisfies(label -> assertThat(label.getTextContent()).isEqualTo("position 0"));
    }

    @Test
    void placesAPanelBelowTheOther() {
        Drawing drawing = Drawing.parse(figure(edge(start(), mlp(0), 0, 0.5), edge(start(), mlp(0), 1, 0.5))
                .svg());

        List<Double> tops = drawing.ofClass("panel").stream()
                .map(panel -> Double.parseDouble(panel.getAttribute("transform").replaceAll(".* |\\)", "")))
                .toList();
        double height = drawing.boxes().stream().mapToDouble(Box::bottom).max().orElseThrow();
        assertThat(tops).hasSize(2);
        assertThat(tops.get(1)).isGreaterThan(tops.get(0) + height);
        assertThat(Drawing.number(drawing.root(), "height")).isGreaterThan(tops.get(1) + height);
    }

    @Test
    void hasNoLabelOnAPanelOfAllPositions() {
        assertThat(Drawing.parse(figure(edge(start(), end(), 1)).svg()).ofClass("position"))
                .isEmpty();
    }

    @Test
    void keepsTextFromBecomingMarkup() {
        DrawnNode odd = new DrawnNode(HOSTILE, 3);
        String svg = new CircuitFigure(HOSTILE, List.of(edge(start(), odd, 0, 0.5)), List.of(HOSTILE), 0).svg();

        assertThat(svg).doesNotContain("<script");
        Drawing drawing = Drawing.parse(svg);
        assertThat(drawing.named("script")).isEmpty();
        assertThat(drawing.named("title").get(0).getTextContent()).isEqualTo(HOSTILE);
        assertThat(drawing.ofClass("heading").get(0).getTextContent()).isEqualTo(HOSTILE);
        assertThat(drawing.ofClass("position").get(0).getTextContent()).startsWith(HOSTILE);
        assertThat(drawing.tooltips()).containsExactly("Resid Start->" + HOSTILE + "  0.5000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\n", "\ud800", "\uffff", "\u007f", "\u0085"})
    void showsCharactersThatXmlCannotCarry(String odd) {
        String svg = new CircuitFigure("a" + odd + "b", List.of(), List.of(), 0).svg();

        assertThat(Drawing.parse(svg).named("title").get(0).getTextContent())
                .hasSize(3)
                .startsWith("a")
                .endsWith("b")
                .doesNotContain(odd);
    }

    @Test
    void cutsLabelsThatAreTooLong() {
        DrawnNode odd = new DrawnNode("long ".repeat(50), 3);
        Drawing drawing = Drawing.parse(figure(edge(start(), odd, 0.5)).svg());

        Box box = drawing.boxes().stream()
                .filter(other -> other.label().startsWith("long"))
                .findFirst()
                .orElseThrow();
        assertThat(box.label()).endsWith("\u2026").hasSizeLessThan(40);
        assertThat(box.width()).isLessThan(250);
        assertThat(drawing.text()).contains("long ".repeat(50));
    }

    @Test
    void scalesAndFollowsTheReadersColours() {
        Drawing drawing = Drawing.parse(figure(edge(start(), end(), 1)).svg());

        String size =
                drawing.root().getAttribute("width") + " " + drawing.root().getAttribute("height");
        assertThat(drawing.root().getAttribute("viewBox")).isEqualTo("0 0 " + size);
        assertThat(drawing.named("style").get(0).getTextContent()).contains("prefers-color-scheme: dark");
    }

    @Test
    void writesTheSameBytesEveryTimeAndEverywhere() {
        Locale locale = Locale.getDefault();
        String svg = Circuits.any(80, 6).svg();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

            assertThat(Circuits.any(80, 6).svg()).isEqualTo(svg);
        } finally {
            Locale.setDefault(locale);
        }
    }

    private static Map<String, Box> byLabel(Drawing drawing) {
        return drawing.boxes().stream().collect(Collectors.toMap(Box::label, Function.identity()));
    }
}
