package io.edgewise.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.browser.BrowserPage;
import io.edgewise.jobs.browser.InBrowser;
import io.edgewise.jobs.browser.Screen;
import io.edgewise.jobs.command.DemoRun;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo's report in a real browser, from a file, as a reader opens it. */
class ReportInBrowserTest {
    @RegisterExtension
    private static final InBrowser BROWSER = new InBrowser();

    private static BrowserPage open(Screen screen) {
        return BROWSER.open(DemoRun.once().out().resolve("report.html"), screen);
    }

    @ParameterizedTest
    @CsvSource({"1200, light", "1200, dark", "375, light", "375, dark"})
    void showsEveryStudyWithoutAComplaintAndNoWiderThanTheScreen(int width, String scheme) {
        try (BrowserPage page = open(new Screen(width, scheme))) {
            for (int tab = 0; tab < 2; tab++) {
                page.click("#tab-" + tab);

                assertThat(page.ask(InBrowser.TOO_WIDE).asInt()).isZero();
                assertThat(page.shown("#curve svg path")).isPositive();
                assertThat(page.shown("#picture svg path")).isPositive();
                assertThat(page.shown("#edge-rows tr")).isGreaterThan(20);
                assertThat(page.shown("#edge-rows i.error"))
                        .as("a line for each score's interval")
                        .isEqualTo(page.shown("#edge-rows tr:not(.limit-row)"));
                assertThat(page.text("#edges-errors")).contains("95% intervals");
                assertThat(page.text("#facts")).contains("the circuit of ", " of the edges of either in common");
            }
            assertThat(page.problems()).isEmpty();
        }
    }

    @Test
    void wearsTheColoursThatTheReaderPrefers() {
        String ground = "getComputedStyle(document.body).backgroundColor";
        try (BrowserPage light = open(Screen.DESKTOP);
                BrowserPage dark = open(new Screen(1200, "dark"))) {
            assertThat(light.ask(ground).asText()).isEqualTo("rgb(246, 247, 249)");
            assertThat(dark.ask(ground).asText()).isEqualTo("rgb(15, 18, 23)");
        }
    }

    @Test
    void theArrowKeysChangeTheStudy() {
        try (BrowserPage page = open(Screen.DESKTOP)) {
            assertThat(page.text("#headline")).startsWith("23 of 262 edges keep 91% of the behaviour (90 to 92)");

            page.focus("#tab-0");
            page.press("ArrowRight");

            assertThat(page.text("[aria-selected=true]")).isEqualTo("ioi");
            assertThat(page.ask("document.activeElement.id").asText()).isEqualTo("tab-1");
            assertThat(page.text("#headline")).startsWith("56 of 262 edges keep 90% of the behaviour (82 to 99)");
        }
    }

    @Test
    void theCurveHasABandAndRandomCircuitsStandBelowIt() {
        try (BrowserPage page = open(Screen.DESKTOP)) {
            assertThat(page.shown("#curve-band")).isOne();
            assertThat(page.text("#curve-controls"))
                    .contains(
                            "Random circuits (dotted): of 10 with 24 edges, none comes as near to the whole model",
                            "Random circuits of its shape (dashed): of 10 with 24 edges, as many into each layer");
            assertThat(page.shown("#curve svg path[fill-opacity='0.16']")).isOne();
            assertThat(page.shown("#curve svg path[fill-opacity='0.22'], #curve svg path[fill-opacity='0.12']"))
                    .isEqualTo(2);
            assertThat(page.problems()).isEmpty();
        }
    }

    @Test
    void keysOnTheSliderChangeTheSizeOfTheCircuit() {
        try (BrowserPage page = open(Screen.DESKTOP)) {
            page.focus("#size-slider");
            page.press("ArrowRight");

            assertThat(page.text("#circuit-title")).isEqualTo("A circuit of 24 edges");
            assertThat(page.text(".limit-row")).isEqualTo("The circuit of 24 edges ends here");

            page.press("Home");

            assertThat(page.shown("#picture-frame")).isZero();
            assertThat(page.text("#empty-text")).startsWith("A circuit of 0 edges");

            page.click("#empty-reset");

            assertThat(page.text("#circuit-title")).isEqualTo("The circuit of 23 edges");
            assertThat(page.problems()).isEmpty();
        }
    }

    @Test
    void theTabKeyReachesEveryControlAndLeavesIt() {
        try (BrowserPage page = open(Screen.DESKTOP)) {
            String reached = "";
            for (int press = 0; press < 60 && !reached.contains("more-edges"); press++) {
                page.press("Tab");
                reached += " " + page.ask("document.activeElement.id").asText();
            }
            assertThat(reached)
                    .contains(
                            "tab-0",
                            "size-number",
                            "size-slider",
                            "filter-summary",
                            "zoom-in",
                            "picture-frame",
                            "more-edges");
        }
    }

    @Test
    void printsTheResultWithoutItsControls() {
        try (BrowserPage page = open(Screen.DESKTOP)) {
            assertThat(new String(page.pdf(), 0, 5, StandardCharsets.ISO_8859_1))
                    .isEqualTo("%PDF-");

            page.media("print");

            assertThat(page.shown(".controls, .filter, .zoom")).isZero();
            assertThat(page.shown("#headline")).isOne();
            assertThat(page.shown("#picture svg path")).isPositive();
            assertThat(page.problems()).isEmpty();
        }
    }
}
