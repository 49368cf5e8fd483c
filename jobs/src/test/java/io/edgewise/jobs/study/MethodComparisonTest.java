package io.edgewise.jobs.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.DemoPrompts;
import io.edgewise.jobs.files.ManifestFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison of methods in a study that measures everything that it has. */
@Tag("slow")
class MethodComparisonTest {
    @TempDir
    private static Path temporary;

    private static Path out;
    private static List<Row> rows;

    @BeforeAll
    static void study() throws IOException {
        Path prompts = DemoPrompts.write(DemoPrompts.first("ioi", 24), temporary.resolve("ioi.json"));
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
                "random",
                "--edge-counts",
                "0,20,60,262",
                "--metrics",
                "faithfulness,cpr,cmd",
                "--bootstrap",
                "20",
                "--controls",
                "0",
                "--out",
                out.toString());
        rows = CommandRun.table(out.resolve("methods"), table -> table.collectAsList());
    }

    @Test
    void eachMethodHasARowWithTheNumbersOfItsTables() throws IOException {
        assertThat(rows)
                .extracting(row -> row.getAs("task") + " " + row.getAs("method"))
                .containsExactly("ioi mask_gradient", "ioi random");
        for (Row row : rows) {
            Path part = out.resolve("ioi").resolve(row.<String>getAs("method"));
            for (Row area : rows(part.resolve("sweep/areas"))) {
                String metric = area.getAs("metric");
                String name = metric.equals("faithfulness") ? "area" : metric;
                assertThat(row.<Double>getAs(name)).isEqualTo(area.<Double>getAs("area"));
                assertThat(row.<Double>getAs(name + "_low"))
                        .isEqualTo(area.<Double>getAs("low"))
                        .isLessThan(row.<Double>getAs(name + "_high"));
                assertThat(row.<Double>getAs(name + "_high")).isEqualTo(area.<Double>getAs("high"));
            }
            assertThat(row.<Double>getAs("area")).isNotNull();
            assertThat(row.<Double>getAs("cmd")).isNotNull();
            assertThat(row.<Double>getAs("seconds"))
                    .isEqualTo(ManifestFile.read(part.resolve("score").toString())
                            .get("seconds")
                            .asDouble());
            assertThat(row.<Boolean>getAs("resumed")).isFalse();
            assertThat(row.<Boolean>getAs("shows_task")).isTrue();
        }
    }

    @Test
    void edgesAt90AreThoseOfTheMeasurements() {
        for (Row row : rows) {
            List<Row> curve =
                    rows(out.resolve("ioi").resolve(row.<String>getAs("method")).resolve("sweep/measurements"));
            assertThat(row.<Integer>getAs("edges_at_90")).isEqualTo(smallest(curve, "value"));
            assertThat(row.<Integer>getAs("edges_at_90_low")).isEqualTo(smallest(curve, "high"));
            assertThat(row.<Integer>getAs("edges_at_90_high")).isEqualTo(smallest(curve, "low"));
        }
    }

    private static Integer smallest(List<Row> curve, String column) {
        return curve.stream()
                .filter(point -> point.getAs("metric").equals("faithfulness") && point.<Double>getAs(column) >= 0.9)
                .map(point -> point.<Integer>getAs("achieved_edges"))
                .min(Integer::compare)
                .orElseThrow();
    }

    @Test
    void stabilityIsThatOfTheNearestSizeAndMissingWhereScoresHaveNoErrors() {
        Row row = rows.get(0);
        int size = row.getAs("stability_edges");
        int chosen = row.getAs("chosen_edges");
        List<Row> sizes = rows(out.resolve("ioi/mask_gradient/score/stability"));
        assertThat(sizes)
                .filteredOn(each -> each.<Integer>getAs("requested_edges") == size)
                .singleElement()
                .satisfies(each -> assertThat(List.of(
                                each.<Double>getAs("mean_jaccard"),
                                each.<Double>getAs("low"),
                                each.<Double>getAs("high")))
                        .isEqualTo(List.of(
                                row.<Double>getAs("stability"),
                                row.<Double>getAs("stability_low"),
                                row.<Double>getAs("stability_high"))));
        assertThat(sizes)
                .allMatch(each -> Math.abs(each.<Integer>getAs("requested_edges") - chosen) >= Math.abs(size - chosen));
        for (String column : List.of("stability", "stability_low", "stability_high", "stability_edges")) {
            assertThat(rows.get(1).<Object>getAs(column)).isNull();
        }
    }

    @Test
    void theReportHasTheTableAndSaysWhatIsMissing() throws IOException {
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("\"comparisons\":[{\"studies\":[\"ioi, mask_gradient\",\"ioi, random\"]")
                .contains("\"notes\":[\"No stability (random): ");
    }

    private static List<Row> rows(Path table) {
        return CommandRun.table(table, rows -> rows.collectAsList());
    }
}
