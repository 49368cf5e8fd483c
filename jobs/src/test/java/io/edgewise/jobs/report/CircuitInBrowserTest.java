package io.edgewise.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.jobs.browser.BrowserPage;
import io.edgewise.jobs.browser.InBrowser;
import io.edgewise.jobs.browser.Screen;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.DemoRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a reader does with the picture of the circuit: to filter it, to make it larger, to look at one node. */
class CircuitInBrowserTest {
    private static final String NODES_DRAWN =
            "[...document.querySelectorAll('#picture .node')].map((one) => one.dataset.node).sort()";
    private static final String POSITIONS =
            "[...new Set([...document.querySelectorAll('#edge-rows .position')].map((one) => one.textContent))]";

    @RegisterExtension
    private static final InBrowser BROWSER = new InBrowser();

    @TempDir
    private static Path temporary;

    private static BrowserPage open(Screen screen) {
        return BROWSER.open(DemoRun.once().out().resolve("report.html"), screen);
    }

    @Test
    void theFilterLeavesStrongEdgesOfSomeLayersAndTheTableFollows() {
        try (BrowserPage page = open(Screen.DESKTOP)) {
            page.click("#filter-summary");
            page.focus("#filter-share");
            page.press("End");

            assertThat(page.text("#filter-state")).isEqualTo("4 of 23 edges shown");
            assertThat(page.shown("#edge-rows tr:not(.limit-row)")).isEqualTo(4);

            page.press("Home");
            page.select("#filter-from", "1");
            page.select("#filter-to", "1");

            assertThat(page.text("#filter-state")).isEqualTo("4 of 23 edges shown");
            assertThat(page.ask(NODES_DRAWN).toString()).contains("A1.3").doesNotContain("A0.", "MLP 0", "MLP 2");

            page.click("#filter-clear");

            assertThat(page.text("#filter-state")).isEmpty();
            assertThat(page.shown("#edge-rows tr")).isGreaterThan(20);
            assertThat(page.problems()).isEmpty();
        }
    }

    @Test
    void aNodeIsShownWithItsOwnEdgesOrWithAllPathsThroughIt() {
        try (BrowserPage page = open(Screen.DESKTOP)) {
            page.click("#filter-summary");
            page.select("#filter-node", "A0.3");

            assertThat(page.ask(NODES_DRAWN).toString()).isEqualTo("[\"A0.3\",\"MLP 0\"]");

            page.select("#filter-reach", "paths");

            assertThat(page.ask(NODES_DRAWN).toString())
                    .contains("Resid End", "A1.3")
                    .doesNotContain("A0.2", "Resid Start");

            page.select("#filter-node", "A2.0");

            assertThat(page.text("#empty-text")).isEqualTo("No edge of this circuit passes the filter.");

            page.click("#empty-reset");

            assertThat(page.shown("#picture svg path")).isPositive();
        }
    }

    @Test
    void whatIsPointedAtIsToldAndStandsOutWithWhatItIsJoinedTo() {
        String lit = "[...document.querySelectorAll('#picture .node.lit')].map((one) => one.dataset.node).sort()";
        try (BrowserPage page = open(Screen.DESKTOP)) {
            page.click("#picture [data-node='A0.3']");

            assertThat(page.text(".beside-pointer")).startsWith("A0.3").contains("Edges out\n1");
            assertThat(page.ask(lit).toString()).isEqualTo("[\"A0.3\",\"MLP 0\"]");
            assertThat(page.shown("#picture .link.lit")).isOne();

            page.click("#headline");

            assertThat(page.shown(".beside-pointer")).isZero();
            assertThat(page.ask(lit)).isEmpty();
        }
    }

    @Test
    void thePictureZoomsByButtonsKeysAndWheelButNeverTakesTheWheelFromThePage() {
        String width = "document.querySelector('#picture').clientWidth";
        String frame = "document.querySelector('#picture-frame')";
        try (BrowserPage page = open(Screen.DESKTOP)) {
            int before = page.ask(width).asInt();
            int high = page.ask(frame + ".clientHeight").asInt();

            page.click("#zoom-in");
            page.focus("#picture-frame");
            page.press("+");

            assertThat(page.text("#zoom-reset")).isEqualTo("156%");
            assertThat(page.ask(width).asInt()).isGreaterThan(before * 3 / 2);
            assertThat(page.ask(frame + ".clientHeight").asInt()).isCloseTo(high, within(20));

            page.drag("#picture-frame", -100, 0);
            int left = page.ask(frame + ".scrollLeft").asInt();
            page.drag("#picture-frame", -60, 0);

            assertThat(page.ask(frame + ".scrollLeft").asInt()).isEqualTo(left + 60);

            page.focus("#picture-frame");
            page.press("0");

            assertThat(page.ask(width).asInt()).isEqualTo(before);

            page.wheel("#picture-frame", -120, true);

            assertThat(page.text("#zoom-reset")).isEqualTo("128%");

            page.press("0");
            double top = page.ask("scrollY").asDouble();
            page.wheel("#picture-frame", 200, false);

            assertThat(page.text("#zoom-reset")).isEqualTo("100%");
            assertThat(page.ask("new Promise((done) => setTimeout(() => done(scrollY), 400))")
                            .asDouble())
                    .isGreaterThan(top);
            assertThat(page.problems()).isEmpty();
        }
    }

    @Tag("slow")
    @Test
    void edgesOfPositionsAreFilteredByThem() throws Exception {
        Path made = report("positions", "--seq-len", "13");
        try (BrowserPage page = BROWSER.open(made, Screen.PHONE)) {
            page.click("#filter-summary");

            assertThat(page.text("#filter-position")).contains("0: <|BOS|>", "8: YY");

            assertThat(page.shown("#answers-section"))
                    .as("the sweep told no answers")
                    .isZero();

            page.select("#filter-position", "8");

            assertThat(page.ask(POSITIONS).toString()).isEqualTo("[\"8: YY\"]");
            assertThat(page.ask(InBrowser.TOO_WIDE).asInt()).isZero();
            assertThat(page.problems()).isEmpty();
        }
    }

    @Tag("slow")
    @Test
    void edgesThatAcdcNeverRemovesAreDrawnAndTheirScoresInfinite() {
        Path made = report("acdc", "--method", "acdc", "--tao-exps", "-2", "--tao-bases", "1");
        try (BrowserPage page = BROWSER.open(made, Screen.DESKTOP)) {
            assertThat(page.text("#edge-rows tr td:last-child")).isEqualTo("+\u221e");

            page.click("#heat-all");
            page.click("#filter-summary");
            page.focus("#filter-share");
            page.press("End");

            assertThat(page.text("#heat")).contains("\u221e");
            assertThat(page.shown("#picture svg path")).isPositive();
            assertThat(page.problems()).isEmpty();
        }
    }

    /** A report of a few prompts, scored in some way. */
    private static Path report(String name, String... options) {
        String folder = temporary.resolve(name).toString();
        String[] prompts = {
            "--model", CommandRun.MODEL, "--prompts", CommandRun.GREATER_THAN, "--limit", "8", "--batch-size", "4"
        };
        String[] score = CommandRun.with(new String[] {"score", "--out", folder + "/score"}, options);
        CommandRun.done(CommandRun.with(score, prompts));
        String[] circuits = {"--edge-counts", "0,100,200", "--show-prompts", "0", "--out", folder + "/sweep"};
        String[] sweep = CommandRun.with(new String[] {"sweep", "--scores", folder + "/score"}, circuits);
        CommandRun.done(CommandRun.with(sweep, prompts));
        String made = folder + "/report.html";
        CommandRun.done("report", "--scores", folder + "/score", "--sweep", folder + "/sweep", "--out", made);
        return Path.of(made);
    }
}
