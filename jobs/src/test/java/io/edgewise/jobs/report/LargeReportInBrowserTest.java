package io.edgewise.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.browser.BrowserPage;
import io.edgewise.jobs.browser.InBrowser;
import io.edgewise.jobs.browser.Legibility;
import io.edgewise.jobs.browser.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of a model of GPT-2 small's size: everything on them can be read. {@code target/pages} keeps how they looked. */
class LargeReportInBrowserTest {
    private static final String TOO_WIDE =
            "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    private static final String IN_VIEW =
            "[...document.querySelectorAll('#layers .seen')].map((one) => one.textContent)";

    @RegisterExtension
    private static final InBrowser BROWSER = new InBrowser();

    @TempDir
    private static Path temporary;

    private static Path report;
    private static Path comparison;
    private static Path figure;

    @BeforeAll
    static void render() throws IOException {
        report = Files.writeString(temporary.resolve("report.html"), ReportPage.render(LargeStudy.report(200)));
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
            assertThat(page.ask(TOO_WIDE).asInt()).isZero();
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
            assertThat(page.ask(TOO_WIDE).asInt()).isZero();
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
            assertThat(page.ask(TOO_WIDE).asInt()).isZero();
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

    private static void keep(String name, BrowserPage page) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "pages"));
        Files.write(folder.resolve(name + ".png"), page.picture());
    }
}
