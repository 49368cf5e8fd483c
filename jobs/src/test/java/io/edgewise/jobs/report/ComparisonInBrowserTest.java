package io.edgewise.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.browser.BrowserPage;
import io.edgewise.jobs.browser.InBrowser;
import io.edgewise.jobs.browser.Screen;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.DemoRun;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page that sets the demo's two circuits side by side, in a real browser. */
@Tag("slow")
class ComparisonInBrowserTest {
    @RegisterExtension
    private static final InBrowser BROWSER = new InBrowser();

    @TempDir
    private static Path temporary;

    private static Path made;

    @BeforeAll
    static void compare() {
        made = temporary.resolve("two.html");
        DemoRun demo = DemoRun.once();
        CommandRun.done(
                "report",
                "--compare",
                demo.of("ioi").toString(),
                demo.of("greaterthan").toString(),
                "--out",
                made.toString());
    }

    @ParameterizedTest
    @CsvSource({"1200, light", "1200, dark", "375, light", "375, dark"})
    void showsBothCircuitsWithoutAComplaintAndNoWiderThanTheScreen(int width, String scheme) {
        try (BrowserPage page = BROWSER.open(made, new Screen(width, scheme))) {
            assertThat(page.text("#sides")).contains("ioi", "56 of 262 edges", "greaterthan", "23 of 262 edges");
            assertThat(page.text("#curve-legend")).contains("ioi", "greaterthan");
            assertThat(page.shown("#picture svg path")).isPositive();
            assertThat(page.shown("#pair-rows tr")).isEqualTo(30);
            assertThat(page.ask(InBrowser.TOO_WIDE).asInt()).isZero();
            assertThat(page.problems()).isEmpty();
        }
    }

    @Test
    void sharedEdgesAreCountedAtTheSizesThatAreChosen() {
        try (BrowserPage page = BROWSER.open(made, Screen.DESKTOP)) {
            assertThat(page.text("#agreement"))
                    .contains(
                            "Shared\n16 of 63 edges in either",
                            "Only in ioi\n40 of 56",
                            "Only in greaterthan\n7 of 23");

            for (int side = 0; side < 2; side++) {
                page.focus("#slider-" + side);
                page.press("End");
            }

            assertThat(page.text("#agreement")).contains("Shared\n262 of 262 edges", "Jaccard index\n1 ");

            page.press("Home");

            assertThat(page.text("#agreement-state"))
                    .isEqualTo("0 edges shared, 262 only in ioi, 0 only in greaterthan");

            page.click("#back-1");
            page.focus("#slider-1");
            page.press("ArrowRight");

            assertThat(page.ask("document.querySelector('#size-1').value").asText())
                    .isEqualTo("24");
            assertThat(page.problems()).isEmpty();
        }
    }

    @Test
    void theTableAndThePictureShowSharedEdgesAlone() {
        try (BrowserPage page = BROWSER.open(made, Screen.DESKTOP)) {
            page.focus("#members [tabindex='0']");
            page.press("ArrowRight");

            assertThat(page.shown("#pair-rows tr")).isEqualTo(16);
            assertThat(page.text("#pair-rows tr .member")).isEqualTo("both");

            page.click("#member-second");

            assertThat(page.shown("#pair-rows tr")).isEqualTo(7);
            assertThat(page.text("#pair-rows tr .member")).isEqualTo("only greaterthan");
        }
    }
}
