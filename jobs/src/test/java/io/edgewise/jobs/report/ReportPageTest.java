package io.edgewise.jobs.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.uncertainty.Interval;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    private static final String HOSTILE = "</script><img src=x onerror=alert(1)>";
    private static final Pattern SCRIPT = Pattern.compile("<script([^>]*)>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern USE = Pattern.compile("} = edgewise\\.(\\w+);");

    @Test
    void keepsTextFromTheDataFromBecomingMarkup() {
        String page = ReportPage.render(report(HOSTILE));

        assertThat(page).doesNotContain(HOSTILE).doesNotContain("<img src=x");
        assertThat(scripts(page)).hasSize(3);
    }

    @Test
    void holdsTheDataAsJson() throws JsonProcessingException {
        String odd = HOSTILE + " & \u2028\u2029 {{title}} \"'";

        JsonNode data = data(ReportPage.render(report(odd)));

        assertThat(data.get("title").asText()).isEqualTo(odd);
        JsonNode study = data.get("studies").get(0);
        assertThat(study.get("name").asText()).isEqualTo(odd);
        assertThat(study.get("chosenEdges").asInt()).isEqualTo(1);
        assertThat(study.get("facts").get(0).get("value").asText()).isEqualTo(odd);
        assertThat(study.get("nodes").get(1).get("kind").asText()).isEqualTo("head");
        assertThat(study.get("edges").get(0).get("score").asDouble()).isEqualTo(-0.25);
        assertThat(study.get("edges").get(0).get("input").asText()).isEqualTo("Q");
        assertThat(study.get("curve").get(0).get("achievedEdges").asInt()).isEqualTo(1);
        assertThat(study.at("/nodes/1/reads/score").asDouble()).isEqualTo(0.125);
        assertThat(study.at("/answers/0/clean").asText()).isEqualTo(odd);
        assertThat(study.at("/answers/0/circuits/0").toString())
                .startsWith("[1,")
                .endsWith(",0.25,null]");
        assertThat(study.at("/training/target").asText()).isEqualTo(odd);
        assertThat(study.at("/training/curves/0/points/0").toString()).isEqualTo("[1,1,0.5,0.25,3.5,null,null]");
        assertThat(study.get("rejected").get(0).get("reason").asText()).isEqualTo(odd);
    }

    @Test
    void writesAValueThatIsNoNumberAsNull() throws JsonProcessingException {
        JsonNode curve = data(ReportPage.render(report("greaterthan")))
                .get("studies")
                .get(0)
                .get("curve");

        assertThat(curve.get(0).get("value").isNull()).isTrue();
        assertThat(curve.get(1).get("value").asDouble()).isEqualTo(91.5);
    }

    @Test
    void escapesWhatCouldEndTheScript() {
        String json = scripts(ReportPage.render(report(HOSTILE + "&\u2028\u2029"))).stream()
                .filter(script -> script.group(1).contains("application/json"))
                .map(script -> script.group(2))
                .findFirst()
                .orElseThrow();

        assertThat(json).doesNotContainPattern("[<>&\u2028\u2029]").contains("\\u003c/script\\u003e");
    }

    @Test
    void needsNothingFromTheNetwork() {
        String page = ReportPage.render(report("greaterthan"));

        assertThat(page.toLowerCase(Locale.ROOT))
                .doesNotContainPattern("(src|href|action)\\s*=\\s*[\"']?\\s*(https?:)?//")
                .doesNotContainPattern("<(link|iframe|object|embed|base)\\b")
                .doesNotContain("@import");
        assertThat(page).contains("default-src 'none'").contains("echarts");
    }

    @Test
    void allowsItsOwnScriptsOnly() {
        String page = ReportPage.render(report("greaterthan"));

        List<String> hashes = scripts(page).stream()
                .filter(script -> script.group(1).isEmpty())
                .map(script -> "'" + InlineScript.hash(script.group(2)) + "'")
                .toList();

        assertThat(hashes).hasSize(2);
        assertThat(page).contains("script-src " + String.join(" ", hashes) + ";");
    }

    @Test
    void holdsEveryFileOfItsScript() throws IOException, URISyntaxException {
        String page = ReportPage.render(report("greaterthan")) + ComparisonPage.render(comparison("greaterthan"));

        List<String> files = scriptFiles();

        assertThat(files).hasSizeGreaterThan(1).allSatisfy(file -> assertThat(page)
                .contains(file));
    }

    @Test
    void takesNothingFromAFileThatComesLater() {
        String page = ReportPage.render(report("greaterthan"));

        List<MatchResult> uses = USE.matcher(page).results().toList();

        assertThat(uses).isNotEmpty().allSatisfy(use -> assertThat(page.substring(0, use.start()))
                .contains("\nedgewise." + use.group(1) + " = "));
    }

    @Test
    void aComparisonIsAsSafeAndAsWhole() throws JsonProcessingException {
        String page = ComparisonPage.render(comparison(HOSTILE));

        assertThat(page).doesNotContain(HOSTILE).doesNotContain("<img src=x");
        assertThat(scripts(page)).hasSize(3);
        assertThat(data(page).at("/edges/0/ranks/1").asInt()).isEqualTo(2);
        List<MatchResult> uses = USE.matcher(page).results().toList();
        assertThat(uses).isNotEmpty().allSatisfy(use -> assertThat(page.substring(0, use.start()))
                .contains("\nedgewise." + use.group(1) + " = "));
    }

    @Test
    void rendersAReportWithoutStudies() throws JsonProcessingException {
        JsonNode data = data(ReportPage.render(new ReportData("Nothing yet", "0.1.0", List.of())));

        assertThat(data.get("studies")).isEmpty();
    }

    private static ReportData report(String text) {
        EdgeSum sum = new EdgeSum(1, 0.125);
        Study study = new Study(
                text,
                text,
                true,
                List.of(text),
                List.of(new Fact(text, text)),
                2,
                1,
                List.of(
                        new ReportNode("Resid Start", 0, "resid", EdgeSum.NONE, sum),
                        new ReportNode("A0.0" + text, 1, "head", sum, sum),
                        new ReportNode("Resid End", 2, "resid", sum, EdgeSum.NONE)),
                List.of(
                        new ReportEdge("Resid Start", "A0.0" + text, "Q", null, -0.25, new Interval(-0.5, -0.125), 1),
                        new ReportEdge("A0.0" + text, "Resid End", "", null, 0.125, Interval.UNKNOWN, 2)),
                List.of(
                        new CurvePoint("TREE_PATCH", "RESAMPLE", "faithfulness", 1, 1, Double.NaN, Interval.UNKNOWN),
                        new CurvePoint("TREE_PATCH", "RESAMPLE", text, 2, 2, 91.5, new Interval(88, 93))),
                List.of(new ControlPoint("uniform", text, 2, 40, new Interval(30, 50), 0.1, 10)),
                List.of(text),
                List.of(new PromptAnswers(
                        text,
                        text,
                        List.of(text),
                        List.of(text),
                        new CircuitAnswer(2, text, 0.5f, 3f),
                        List.of(new CircuitAnswer(1, text, 0.25f, null)))),
                List.of(new Rejection("prompts.json#1", text)),
                new TrainedMasks(
                        text,
                        List.of(new TrainingCurve(
                                10, 1, List.of(new TrainingStep(1, 1, 0.5, 0.25, 3.5, Double.NaN, Double.NaN))))));
        return new ReportData(text, "0.1.0", List.of(study));
    }

    private static Comparison comparison(String text) {
        Study study = report(text).studies().get(0);
        return new Comparison(
                text,
                "0.1.0",
                List.of(ComparedSide.of(study), ComparedSide.of(study)),
                study.nodes(),
                List.of(),
                List.of(new EdgePair("Resid Start", text, "Q", null, List.of(0.5, 0.25), List.of(1, 2))),
                Double.NaN);
    }

    private static JsonNode data(String page) throws JsonProcessingException {
        Matcher script = SCRIPT.matcher(page);
        while (script.find()) {
            if (script.group(1).contains("application/json")) {
                return new ObjectMapper().readTree(script.group(2));
            }
        }
        throw new AssertionError("No data in the page");
    }

    private static List<String> scriptFiles() throws IOException, URISyntaxException {
        List<String> texts = new ArrayList<>();
        Path style = Path.of(
                requireNonNull(ReportPage.class.getResource("report.css")).toURI());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(requireNonNull(style.getParent()), "*.js")) {
            for (Path file : files) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    private static List<MatchResult> scripts(String page) {
        return SCRIPT.matcher(page).results().toList();
    }
}
