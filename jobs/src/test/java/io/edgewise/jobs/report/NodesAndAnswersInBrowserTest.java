package io.edgewise.jobs.report;

import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.edgewise.jobs.browser.BrowserPage;
import io.edgewise.jobs.browser.InBrowser;
import io.edgewise.jobs.browser.Screen;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.DemoRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The map of heads, and what is answered. */
class NodesAndAnswersInBrowserTest {
    private static final String SAME_ANSWERS = "[...document.querySelectorAll('#answers > li')].filter((one) => {"
            + " const [full, circuit] = one.querySelectorAll('.token:not(.wanted *)');"
            + " return full.textContent === circuit.textContent; }).length";
    /** Of ink and ground of each cell, as the accessibility guidelines reckon it. */
    private static final String LEAST_CONTRAST =
            """
            (() => {
              const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
              const light = (colour) => {
                canvas.fillStyle = colour;
                canvas.fillRect(0, 0, 1, 1);
                const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => part / 255)
                  .map((part) => part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              return Math.min(...[...document.querySelectorAll('#heat td.help, #heat td.hurt')].map((cell) => {
                const style = getComputedStyle(cell);
                const [ink, ground] = [light(style.color), light(style.backgroundColor)];
                return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
              }));
            })()
            """;

    @RegisterExtension
    private static final InBrowser BROWSER = new InBrowser();

    private static BrowserPage open(Screen screen) {
        return BROWSER.open(DemoRun.once().out().resolve("report.html"), screen);
    }

    @Test
    void theHeatMapSumsTheCircuitOrTheWholeGraphAndLeadsToAHeadsEdges() {
        try (BrowserPage page = open(Screen.DESKTOP)) {
            double written = CommandRun.table(
                    DemoRun.once().of("greaterthan", "score/edges"), table -> table.filter("source = 'MLP 1'")
                            .agg(sum("score"))
                            .first()
                            .getDouble(0));

            assertThat(page.text("#heat [data-node='A0.0']")).isEqualTo("+0.4");
            assertThat(page.text("#heat [data-node='A2.0']")).isEqualTo("\u00b7");

            page.focus("#heat-edges [tabindex='0']");
            page.press("ArrowRight");

            assertThat(page.ask("document.querySelector(\"#heat [data-node='MLP 1']\").innerText * 1")
                            .asDouble())
                    .isCloseTo(written, withinPercentage(5));
            assertThat(page.text("#heat [data-node='A2.0']")).isNotEqualTo("\u00b7");

            page.focus("#heat [data-node='A0.0']");
            page.press("ArrowRight");
            page.press("ArrowDown");

            assertThat(page.text("#heat-detail")).startsWith("A1.1: out ");

            page.press("Enter");

            assertThat(page.ask("document.querySelector('#filter-node').value").asText())
                    .isEqualTo("A1.1");
            assertThat(page.ask("document.activeElement.id").asText()).isEqualTo("filter-node");
            assertThat(page.problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"light", "dark"})
    void textInTheHeatMapStandsOutFromItsColour(String scheme) {
        try (BrowserPage page = open(new Screen(1200, scheme))) {
            assertThat(page.ask(LEAST_CONTRAST).asDouble()).isGreaterThan(4.5);
        }
    }

    @Test
    void whatIsAnsweredFollowsTheSizeOfTheCircuit() {
        try (BrowserPage page = open(Screen.DESKTOP)) {
            page.click("#tab-1");
            int prompts = page.shown("#answers > li");
            assertThat(prompts).isGreaterThan(1);
            assertThat(page.text("#answers li:first-child .who + p"))
                    .matches("(?s)\\S+ [\\d.]+%\\s*(right|wrong|neither)");

            page.focus("#size-slider");
            page.press("End");

            assertThat(page.text("#answers li:first-child .said:last-child .who"))
                    .isEqualTo("Circuit of 262 edges");
            assertThat(page.ask(SAME_ANSWERS).asInt()).isEqualTo(prompts);

            page.press("Home");

            assertThat(page.ask(SAME_ANSWERS).asInt()).isLessThan(prompts);
        }
    }
}
