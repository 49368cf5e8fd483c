package io.edgewise.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.browser.BrowserPage;
import io.edgewise.jobs.browser.InBrowser;
import io.edgewise.jobs.browser.Screen;
import io.edgewise.jobs.results.Measured;
import io.edgewise.score.ScoreAgreement.Strongest;
import io.edgewise.uncertainty.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The comparison with exact patching in a real browser. */
@Tag("slow")
class ExactInBrowserTest {
    @RegisterExtension
    private static final InBrowser BROWSER = new InBrowser();

    @TempDir
    private Path temporary;

    @Test
    void theTableStandsWithTheStudiesOfItsTask() throws IOException {
        Measured undefined = Measured.UNKNOWN;
        ExactTable table = new ExactTable(
                List.of("ioi"),
                32491,
                List.of(
                        new ExactTable.Method(
                                "mask_gradient",
                                20,
                                new Measured(0.911, new Interval(0.88, 0.94)),
                                new Measured(0.75, new Interval(0.7, 0.8)),
                                new Measured(0.83, Interval.UNKNOWN),
                                List.of(new Strongest(10, 0.9), new Strongest(20, 0.85))),
                        new ExactTable.Method(
                                "acdc", 0, undefined, undefined, undefined, List.of(new Strongest(10, 0.3)))));
        try (BrowserPage page = open("with", List.of(table))) {
            assertThat(page.text("#exact-note")).startsWith("Each of 32,491 edges was patched alone");
            assertThat(page.text("#exact-table"))
                    .contains("mask_gradient", "0.91 (0.88 to 0.94)", "0.75 (0.7 to 0.8)", "83%", "90%", "85%")
                    .contains("Of the strongest 20", "acdc", "undefined", "30%");
            assertThat(page.ask(InBrowser.TOO_WIDE).asInt()).isZero();
            assertThat(page.problems()).isEmpty();
        }
        try (BrowserPage page = open("without", List.of())) {
            assertThat(page.shown("#exact-section")).isZero();
            assertThat(page.problems()).isEmpty();
        }
    }

    private BrowserPage open(String name, List<ExactTable> tables) throws IOException {
        List<Study> studies = LargeStudy.report(20).studies();
        Path file = temporary.resolve(name + ".html");
        Files.writeString(file, ReportPage.render(new ReportData("Exact", "0.1.0", studies, List.of(), tables)));
        return BROWSER.open(file, Screen.DESKTOP);
    }
}
