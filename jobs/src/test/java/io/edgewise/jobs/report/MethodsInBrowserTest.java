package io.edgewise.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.browser.BrowserPage;
import io.edgewise.jobs.browser.InBrowser;
import io.edgewise.jobs.browser.Screen;
import io.edgewise.jobs.results.CircuitStability;
import io.edgewise.jobs.results.EdgesAt90;
import io.edgewise.jobs.results.Measured;
import io.edgewise.jobs.results.MethodResult;
import io.edgewise.uncertainty.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The comparison of methods in a real browser. */
@Tag("slow")
class MethodsInBrowserTest {
    @RegisterExtension
    private static final InBrowser BROWSER = new InBrowser();

    @TempDir
    private Path temporary;

    private static MethodComparison comparison() {
        Measured area = new Measured(0.914, new Interval(0.881, 0.926));
        return new MethodComparison(
                List.of("ioi"),
                List.of(
                        new MethodResult(
                                "ioi",
                                "edge_attribution_patching",
                                area,
                                new EdgesAt90(1200, 900, 2500),
                                new Measured(0.87, new Interval(0.7, 1.2)),
                                new Measured(0.031, new Interval(0.02, 0.04)),
                                1200,
                                new CircuitStability(1000, new Measured(0.81, new Interval(0.7, 0.92))),
                                1234.5,
                                false,
                                true),
                        new MethodResult(
                                "ioi",
                                "acdc",
                                Measured.UNKNOWN,
                                new EdgesAt90(300, 200, null),
                                Measured.UNKNOWN,
                                Measured.UNKNOWN,
                                300,
                                null,
                                4.56,
                                true,
                                true)));
    }

    @Test
    void theTableStandsWithTheStudiesOfItsTask() throws IOException {
        for (Screen screen : List.of(Screen.DESKTOP, new Screen(420, "light"))) {
            try (BrowserPage page = open("with", List.of(comparison()), screen)) {
                assertThat(page.text("#methods-table"))
                        .contains("edge_attribution_patching", "0.91 (0.88 to 0.93)", "1,200 (900 to 2,500)")
                        .contains("0.87 (0.70 to 1.20)", "0.03 (0.02 to 0.04)", "0.81 (0.70 to 0.92)", "1,235")
                        .contains("acdc", "300 (200 to \u2013)", "4.6");
                assertThat(page.text("#methods-missing")).startsWith("No area (acdc): ");
                assertThat(page.ask(InBrowser.TOO_WIDE).asInt()).isZero();
                assertThat(page.problems()).isEmpty();
            }
        }
        try (BrowserPage page = open("without", List.of(), Screen.DESKTOP)) {
            assertThat(page.shown("#methods-section")).isZero();
            assertThat(page.problems()).isEmpty();
        }
    }

    private BrowserPage open(String name, List<MethodComparison> comparisons, Screen screen) throws IOException {
        List<Study> studies = LargeStudy.report(20).studies();
        Path file = temporary.resolve(name + ".html");
        Files.writeString(file, ReportPage.render(new ReportData("Methods", "0.1.0", studies, comparisons, List.of())));
        return BROWSER.open(file, screen);
    }
}
