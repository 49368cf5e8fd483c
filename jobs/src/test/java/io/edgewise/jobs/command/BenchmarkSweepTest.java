package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The MIB benchmark's areas of the demo's IOI scores. */
class BenchmarkSweepTest {
    @TempDir
    private static Path temporary;

    private static Path out;
    private static CommandRun run;

    @BeforeAll
    static void sweep() {
        Path scores = ScoredDemo.in(temporary).scores();
        out = temporary.resolve("sweep");
        run = sweep(scores, out, "--metrics", "cpr,answer_diff,cmd", "--edge-counts", "mib");
    }

    private static CommandRun sweep(Path scores, Path out, String... options) {
        return ScoredDemo.sweep(scores, out, CommandRun.with(options, "--limit", "128"));
    }

    /** What the benchmark's own evaluate_area_under_curve gives on the same scores, model and prompts. */
    @Test
    void bothAreasAreTheBenchmarksOwn() {
        assertThat(run.status()).as(run.err()).isZero();
        Map<String, Double> areas = CommandRun.table(out.resolve("areas"), table -> table.collectAsList().stream()
                .collect(Collectors.toMap(row -> row.getAs("metric"), row -> row.<Double>getAs("area"))));
        assertThat(areas.get("cpr")).isCloseTo(0.389114, within(1e-5));
        assertThat(areas.get("cmd")).isCloseTo(0.157425, within(1e-5));
        assertThat(areas).containsOnlyKeys("cpr", "cmd", "answer_diff");
        assertThat(run.out()).contains("CPR, SIGNED ranking: 0.3891", "CMD, ABSOLUTE ranking: 0.1574");
    }

    /** The distance is 1 less what of the answer difference circuits of the highest absolute scores keep. */
    @Test
    void theCurvesHeightsAreMeasurements() {
        List<Row> rows = CommandRun.table(out.resolve("measurements"), table -> table.collectAsList());
        Map<Integer, Double> differences = bySize(rows, "answer_diff");
        Map<Integer, Double> distances = bySize(rows, "cmd");
        assertThat(differences).containsOnlyKeys(0, 1, 2, 5, 13, 26, 52, 131, 262);
        assertThat(distances).containsOnlyKeys(0, 1, 2, 5, 13, 26, 52, 131, 262);
        double none = differences.get(0);
        double all = differences.get(262);
        distances.forEach((size, distance) -> assertThat(distance)
                .isCloseTo(Math.abs(1 - (differences.get(size) - none) / (all - none)), within(1e-12)));
        Map<Integer, Double> kept = bySize(rows, "cpr");
        assertThat(kept.get(26)).isCloseTo(0.184754, within(1e-5));
        assertThat(kept.get(262)).isCloseTo(1, Rounding.of(1));
    }

    @Test
    void theCircuitsOfBothRankingsAreWritten() {
        Map<String, Long> edges = CommandRun.table(
                out.resolve("circuits"),
                table -> table.filter("requested_edges = 26").groupBy("ranking").count().collectAsList().stream()
                        .collect(Collectors.toMap(row -> row.getAs("ranking"), row -> row.<Long>getAs("count"))));
        assertThat(edges).isEqualTo(Map.of("ABSOLUTE", 26L, "SIGNED", 26L));
        double lowest = CommandRun.table(
                out.resolve("circuits"), table -> table.filter("ranking = 'SIGNED' and requested_edges = 26")
                        .selectExpr("min(score)")
                        .collectAsList()
                        .get(0)
                        .getDouble(0));
        assertThat(lowest).isPositive();
    }

    @Test
    void theOtherMetricsCircuitsCanBeRankedByTheSignToo() {
        Path signed = temporary.resolve("signed");
        CommandRun swept = sweep(
                temporary.resolve("scores"),
                signed,
                "--metrics",
                "faithfulness,answer_diff",
                "--edge-counts",
                "26,262",
                "--ranking",
                "signed");
        assertThat(swept.status()).as(swept.err()).isZero();
        Map<Integer, Double> differences =
                bySize(CommandRun.table(signed.resolve("measurements"), table -> table.collectAsList()), "answer_diff");
        List<Row> rows = CommandRun.table(out.resolve("measurements"), table -> table.collectAsList());
        double none = bySize(rows, "answer_diff").get(0);
        assertThat((differences.get(26) - none) / (differences.get(262) - none))
                .isCloseTo(bySize(rows, "cpr").get(26), within(1e-6));
        assertThat(swept.out().lines()).anyMatch(line -> line.matches(" +26 +0\\.18475\\d* +\\S+"));
        // Run for it, but not asked for: the circuit without edges.
        Map<Integer, Double> faithfulness = bySize(
                CommandRun.table(signed.resolve("measurements"), table -> table.collectAsList()), "faithfulness");
        assertThat(faithfulness).containsOnlyKeys(26, 262);
        assertThat(faithfulness.get(26)).isCloseTo(bySize(rows, "cpr").get(26), within(1e-6));
        assertThat(faithfulness.get(262)).isCloseTo(1, Rounding.of(1));
    }

    @Test
    void onlyAblatingWhatIsNotInACircuitIsTheBenchmarks() {
        CommandRun refused = sweep(
                temporary.resolve("scores"), temporary.resolve("no"), "--metrics", "cmd", "--patch-type", "EDGE_PATCH");
        assertThat(refused.complaints()).singleElement().asString().contains("cmd wants --patch-type TREE_PATCH");
        assertThat(refused.status()).isEqualTo(2);
    }

    private static Map<Integer, Double> bySize(List<Row> rows, String metric) {
        return rows.stream()
                .filter(row -> metric.equals(row.getAs("metric")))
                .collect(Collectors.toMap(
                        row -> row.<Integer>getAs("requested_edges"), row -> row.<Double>getAs("value")));
    }
}
