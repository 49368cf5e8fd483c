package io.edgewise.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.browser.BrowserPage;
import io.edgewise.jobs.browser.InBrowser;
import io.edgewise.jobs.browser.Legibility;
import io.edgewise.jobs.browser.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of a model of GPT-2 small's size: everything on them can be read. {@code target/pages} keeps how they looked. */
@Tag("slow")
class LargeReportInBrowserTest {
    private static final String IN_VIEW =
            "[...document.querySelectorAll('#layers .seen')].map((one) => one.textContent)";

    private static final String TEXTS_OUTSIDE =
            """
            (() => {
              const box = document.querySelector('%1$s').getBoundingClientRect();
              return [...document.querySelectorAll('%1$s svg text')].filter((one) => {
                const text = one.getBoundingClientRect();
                return text.left < box.left || text.right > box.right || text.top < box.top || text.bottom > box.bottom;
              }).map((one) => one.textContent);
            })()
            """;

    @RegisterExtension
    private static final InBrowser BROWSER = new InBrowser();

    @TempDir
    private static Path temporary;

    private static Path report;
    private static Path sizes;
    private static Path untrained;
    private static Path comparison;
    private static Path figure;

    @BeforeAll
    static void render() throws IOException {
        report = Files.writeString(
                temporary.resolve("report.html"), ReportPage.render(LargeStudy.report(200, MadeUpTraining.oneSize())));
        sizes = Files.writeString(
                temporary.resolve("sizes.html"),
                ReportPage.render(LargeStudy.report(200, MadeUpTraining.threeSizes())));
        untrained = Files.writeString(temporary.resolve("untrained.html"), ReportPage.render(LargeStudy.report(200)));
        comparison =
                Files.writeString(temporary.resolve("two.html"), ComparisonPage.render(LargeStudy.comparison(200)));
        figure = Files.writeString(
                temporary.resolve("figure.html"), LargeStudy.figure(200).html());
    }

    @Test
    void everyTextOfTheReportCanBeRead() throws IOException {
        everyTextOfTheReportCanBeRead(390, "light");
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"1024, light", "1024, dark", "1600, light"})
    void everyTextOfTheReportCanBeRead(int width, String scheme) throws IOException {
        try (BrowserPage page = BROWSER.open(report, new Screen(width, scheme))) {
            keep("report-" + width + "-" + scheme, page);
            page.click("#filter-summary");
            assertThat(Legibility.faults(page)).isEmpty();

            page.click("#heat-all");
            page.ask("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
            page.settle();

            assertThat(Legibility.faults(page)).isEmpty();
            assertThat(page.ask(InBrowser.TOO_WIDE).asInt()).isZero();
            assertThat(page.problems()).isEmpty();
        }
    }

    @Test
    void everyTextOfTheComparisonCanBeRead() throws IOException {
        everyTextOfTheComparisonCanBeRead(390);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"1024", "1600"})
    void everyTextOfTheComparisonCanBeRead(int width) throws IOException {
        try (BrowserPage page = BROWSER.open(comparison, new Screen(width, "light"))) {
            keep("comparison-" + width, page);
            assertThat(Legibility.faults(page)).isEmpty();
            assertThat(page.ask(InBrowser.TOO_WIDE).asInt()).isZero();
            assertThat(page.problems()).isEmpty();
        }
    }

    @Test
    void everyTextOfTheFigureCanBeRead() throws IOException {
        everyTextOfTheFigureCanBeRead(390);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"1024", "1600"})
    void everyTextOfTheFigureCanBeRead(int width) throws IOException {
        try (BrowserPage page = BROWSER.open(figure, new Screen(width, "dark"))) {
            keep("figure-" + width, page);
            assertThat(Legibility.faults(page)).isEmpty();
            assertThat(page.ask(InBrowser.TOO_WIDE).asInt()).isZero();
        }
    }

    @Test
    void layersThatAreOutOfViewAreOneClickAway() {
        try (BrowserPage page = BROWSER.open(report, new Screen(1024, "light"))) {
            assertThat(page.ask(IN_VIEW).toString()).contains("Input", "\"0\"").doesNotContain("Output");

            page.click("#layers button:last-child");

            assertThat(page.ask(IN_VIEW).toString()).contains("Output").doesNotContain("Input");
        }
    }

    @Test
    void aNodesWeakEdgesAreDrawnByThemselves() {
        try (BrowserPage page = BROWSER.open(report, Screen.DESKTOP)) {
            page.focus("#size-slider");
            page.press("End");

            assertThat(page.shown("#picture .link")).isEqualTo(400);

            page.click("#filter-summary");
            page.select("#filter-node", "A5.10");

            assertThat(page.text("#filter-state")).isEqualTo("58 of 2,000 edges shown");
            assertThat(page.shown("#picture .link")).isEqualTo(58);
            assertThat(page.ask("document.querySelector('#picture').clientHeight")
                            .asInt())
                    .isLessThan(600);
            assertThat(Legibility.faults(page)).isEmpty();
        }
    }

    @Test
    void mapAndCircuitUseTheWidthTheyHave() {
        try (BrowserPage page = BROWSER.open(report, new Screen(1600, "light"))) {
            assertThat(page.shown("#layers")).isZero();
            assertThat(page.ask("heat.clientWidth / heat.parentElement.clientWidth")
                            .asDouble())
                    .isGreaterThan(0.95);
        }
    }

    @Test
    void optionsAreFoldedAndLongListsBrief() {
        try (BrowserPage page = BROWSER.open(report, Screen.DESKTOP)) {
            String open = "document.querySelector('#facts .parts').checkVisibility()";
            assertThat(page.ask(open).asBoolean()).isFalse();

            page.click("#facts summary");

            assertThat(page.text("#facts .parts")).contains("--edge-counts", "0, 1, 2 \u2026 400 (401 values)");
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"1200, light", "1200, dark", "420, light", "420, dark"})
    void trainingIsDrawnAndItsTextFits(int width, String scheme) throws IOException {
        try (BrowserPage page = BROWSER.open(sizes, new Screen(width, scheme))) {
            keep("training-" + width + "-" + scheme, page);
            for (String chart : List.of("#training-loss", "#training-faithfulness", "#training-edges")) {
                assertThat(page.shown(chart + " svg path[stroke-width='1.75']"))
                        .as("lines of " + chart)
                        .isEqualTo(chart.equals("#training-edges") ? 1 : 2);
                assertThat(page.ask(TEXTS_OUTSIDE.formatted(chart)).toString()).isEqualTo("[]");
            }
            page.ask("document.querySelectorAll('#training-section details').forEach((one) => { one.open = true; })");
            page.settle();

            assertThat(Legibility.faults(page)).isEmpty();
            assertThat(page.ask(InBrowser.TOO_WIDE).asInt()).isZero();
            assertThat(page.problems()).isEmpty();
        }
    }

    @Tag("slow")
    @Test
    void eachSizeThatWasTrainedForCanBeChosen() {
        String words = "document.querySelector('#training-edges').getAttribute('aria-label')";
        try (BrowserPage page = BROWSER.open(sizes, Screen.DESKTOP)) {
            assertThat(page.text("#training-sizes")).contains("10 edges", "100 edges", "1,000 edges");
            assertThat(page.ask(words).asText()).endsWith("to 10 at step 800.");

            page.focus("#training-sizes button");
            page.press("ArrowRight");

            assertThat(page.ask(words).asText()).endsWith("to 100 at step 800.");
            assertThat(page.text("#training-thinned")).isEqualTo("194 of 800 steps are shown.");
            assertThat(page.shown("#training-legend li")).isEqualTo(2);
            assertThat(page.problems()).isEmpty();
        }
    }

    @Tag("slow")
    @Test
    void whereThereIsNoValidationOrNoTrainingNothingSpeaksOfIt() {
        try (BrowserPage page = BROWSER.open(report, Screen.DESKTOP)) {
            assertThat(page.shown("#training-loss svg")).isOne();
            assertThat(page.shown("#training-legend, #training-sizes, #training-thinned"))
                    .isZero();
            assertThat(page.text("#training-section")).doesNotContain("alidation");
        }
        try (BrowserPage page = BROWSER.open(untrained, Screen.DESKTOP)) {
            assertThat(page.shown("#training-section")).isZero();
            assertThat(page.problems()).isEmpty();
        }
    }

    private static void keep(String name, BrowserPage page) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "pages"));
        Files.write(folder.resolve(name + ".png"), page.picture());
    }
}
