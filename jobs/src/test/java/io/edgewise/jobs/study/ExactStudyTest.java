package io.edgewise.jobs.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.DemoPrompts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study that has exact patching among its methods. */
@Tag("slow")
class ExactStudyTest {
    @TempDir
    private static Path temporary;

    private static Path out;

    @BeforeAll
    static void study() throws IOException {
        Path prompts = DemoPrompts.write(DemoPrompts.first("ioi", 16), temporary.resolve("ioi.json"));
        out = temporary.resolve("out");
        CommandRun.done(
                "study",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                prompts.toString(),
                "--method",
                "mask_gradient",
                "--method",
                "exact",
                "--method",
                "random",
                "--edge-counts",
                "0,20,262",
                "--bootstrap",
                "0",
                "--controls",
                "0",
                "--out",
                out.toString());
    }

    @Test
    void itsOtherMethodsAreComparedWithIt() {
        double[] exact = scores("exact");
        for (String method : List.of("mask_gradient", "random")) {
            double[] theirs = scores(method);
            assertThat(value(method, "pearson").<Double>getAs("value"))
                    .isCloseTo(new PearsonsCorrelation().correlation(theirs, exact), within(1e-9));
            Row spearman = value(method, "spearman");
            assertThat(spearman.<Double>getAs("value"))
                    .isCloseTo(new SpearmansCorrelation().correlation(theirs, exact), within(1e-9))
                    .isBetween(spearman.<Double>getAs("low"), spearman.<Double>getAs("high"));
            assertThat(spearman.<Integer>getAs("measured_edges")).isEqualTo(262);
            assertThat(value(method, "sign_agreement").<Double>getAs("value")).isBetween(0.0, 1.0);
        }
        assertThat(value("mask_gradient", "spearman").<Double>getAs("value"))
                .isGreaterThan(value("random", "spearman").<Double>getAs("value"));
        assertThat(rows("random", "strongest_share"))
                .extracting(row -> row.<Integer>getAs("strongest_edges"))
                .contains(10, 100);
        assertThat(rows("exact", "pearson")).isEmpty();
    }

    @Test
    void theReportHasTheSameNumbersForEachTabOfTheTask() throws IOException {
        JsonNode exact = data().get("exact");
        assertThat(exact).hasSize(1);
        assertThat(exact.get(0).get("studies").toString())
                .isEqualTo("[\"ioi, mask_gradient\",\"ioi, exact\",\"ioi, random\"]");
        assertThat(exact.get(0).get("edges").asInt()).isEqualTo(262);
        JsonNode first = exact.at("/0/methods/0");
        assertThat(first.get("name").asText()).isEqualTo("mask_gradient");
        assertThat(first.at("/pearson/value").asDouble())
                .isCloseTo(value("mask_gradient", "pearson").<Double>getAs("value"), within(1e-6));
        assertThat(exact.at("/0/methods")).hasSize(2);
    }

    private static JsonNode data() throws IOException {
        Matcher data = Pattern.compile("(?s)<script[^>]*id=\"report-data\"[^>]*>(.*?)</script>")
                .matcher(Files.readString(out.resolve("report.html")));
        assertThat(data.find()).isTrue();
        return new ObjectMapper().readTree(data.group(1));
    }

    private static double[] scores(String method) {
        return CommandRun.table(
                out.resolve("ioi").resolve(method).resolve("score/edges"), table -> table.collectAsList().stream()
                        .mapToDouble(row -> row.<Double>getAs("score"))
                        .toArray());
    }

    private static Row value(String method, String measure) {
        List<Row> rows = rows(method, measure);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private static List<Row> rows(String method, String measure) {
        return CommandRun.table(out.resolve("correlations"), table -> table.filter(
                        "task = 'ioi' and method = '" + method + "' and measure = '" + measure + "'")
                .collectAsList());
    }
}
