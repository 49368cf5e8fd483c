package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far to believe what a sweep measures: its intervals, what each prompt measures, and random circuits. */
class SweepChecksTest {
    private static final int PROMPTS = 30;
    private static final String SIZES = "0,20,100,262";

    @TempDir
    private static Path temporary;

    private static Map<String, Row> measured;

    @BeforeAll
    static void sweep() {
        measured = sweep("local[2]", "two", SIZES, "--per-prompt", "--controls", "6", "--tests");
    }

    private static Map<String, Row> sweep(String master, String name, String sizes, String... options) {
        Path out = temporary.resolve(name);
        String[] arguments = CommandRun.ofIoi(
                "sweep",
                out,
                "--skip",
                "128",
                "--limit",
                String.valueOf(PROMPTS),
                "--batch-size",
                "4",
                "--scores",
                DemoRun.once().of("ioi", "score").toString(),
                "--edge-counts",
                sizes);
        CommandRun run = CommandRun.on(master, CommandRun.with(arguments, options));
        assertThat(run.status()).as(run.err()).isZero();
        return CommandRun.table(out.resolve("measurements"), table -> table.drop("run_id").collectAsList().stream()
                .collect(Collectors.toMap(row -> row.getAs("metric") + " " + row.getAs("achieved_edges"), row -> row)));
    }

    private static Map<String, Row> controls(String name) {
        return CommandRun.table(
                temporary.resolve(name).resolve("controls"), table -> table.drop("run_id").collectAsList().stream()
                        .collect(Collectors.toMap(
                                row -> row.getAs("kind") + " " + row.getAs("metric") + " "
                                        + row.getAs("requested_edges"),
                                row -> row)));
    }

    private static List<Double> ends(Row row) {
        return List.of(row.getAs("low"), row.getAs("high"));
    }

    @Test
    void aValueIsInItsInterval() {
        assertThat(measured).hasSize(4 * 5);
        for (int edges : List.of(20, 100)) {
            for (String metric : List.of("faithfulness", "answer_diff", "answer_diff_percent", "kl_div_clean")) {
                Row row = measured.get(metric + " " + edges);
                assertThat(row.<Double>getAs("value"))
                        .as("%s of %d edges", metric, edges)
                        .isGreaterThan(row.<Double>getAs("low"))
                        .isLessThan(row.<Double>getAs("high"));
            }
        }
    }

    @Test
    void faithfulnessIsNoneWithoutEdgesAndOneWithAllWhateverThePrompts() {
        Row none = measured.get("faithfulness 0");
        Row all = measured.get("faithfulness 262");
        assertThat(none.<Double>getAs("value")).isZero();
        assertThat(ends(none)).containsExactly(0.0, 0.0);
        assertThat(all.<Double>getAs("value")).isOne();
        assertThat(ends(all)).containsExactly(1.0, 1.0);
    }

    /** Faithfulness is a ratio of means: the mean of the prompts' own is another number. */
    @Test
    void valuesAreTheMeansOfEachPromptsOwn() {
        List<Row> prompts = CommandRun.table(temporary.resolve("two/per_prompt"), table -> {
            assertThat(table.columns())
                    .containsExactly(
                            "patch_type",
                            "requested_edges",
                            "achieved_edges",
                            "metric",
                            "prompt",
                            "origin",
                            "value",
                            "run_id");
            return table.collectAsList();
        });
        assertThat(prompts).hasSize(measured.size() * PROMPTS);
        assertThat(prompts.stream()
                        .map(row -> row.<Long>getAs("prompt"))
                        .distinct()
                        .sorted())
                .containsExactlyElementsOf(
                        LongStream.range(128, 128 + PROMPTS).boxed().toList());
        assertThat(prompts.get(0).<String>getAs("origin")).contains("ioi.json");
        Map<String, Double> means = prompts.stream()
                .collect(Collectors.groupingBy(
                        row -> row.getAs("metric") + " " + row.getAs("achieved_edges"),
                        Collectors.averagingDouble(row -> row.<Double>getAs("value"))));
        for (String key : List.of("answer_diff 20", "kl_div_clean 100", "correct_answer_percent 262")) {
            double value = measured.get(key).getAs("value");
            assertThat(means.get(key)).as(key).isCloseTo(value, Rounding.of(100));
        }
        assertThat(means.get("faithfulness 262")).isOne();
        assertThat(means.get("faithfulness 0")).isZero();
    }

    @Test
    void randomCircuitsOfEachSizeStandBesideTheCircuits() {
        Map<String, Row> controls = controls("two");
        assertThat(controls).hasSize(2 * 2 * 5);
        for (String circuit : List.of("faithfulness 20", "faithfulness 100", "answer_diff 100", "kl_div_clean 100")) {
            for (String kind : List.of("uniform", "by_layer")) {
                Row row = controls.get(kind + " " + circuit);
                assertThat(row.<Integer>getAs("controls")).isEqualTo(6);
                assertThat(row.<Integer>getAs("achieved_edges")).isEqualTo(row.<Integer>getAs("requested_edges"));
                assertThat(row.<Double>getAs("mean")).isBetween(row.getAs("low"), row.getAs("high"));
                assertThat(row.<Double>getAs("share_as_good"))
                        .as(kind + " " + circuit)
                        .isZero();
            }
        }
        assertThat(controls.get("uniform faithfulness 100").<Double>getAs("mean"))
                .isLessThan(measured.get("faithfulness 100").<Double>getAs("value"));
    }

    /** The circuits of no edge and of all run for the comparison's sake, and are not told. */
    @Test
    void anyMetricCanBeComparedWithRandomCircuits() {
        Map<String, Row> alone =
                sweep("local[2]", "alone", "20", "--metrics", "kl_div_clean", "--controls", "2", "--show-prompts", "0");
        assertThat(alone).containsOnlyKeys("kl_div_clean 20");
        assertThat(controls("alone")).containsOnlyKeys("uniform kl_div_clean 20", "by_layer kl_div_clean 20");
        assertThat(CommandRun.<Long>table(temporary.resolve("alone/circuits"), table -> table.count()))
                .isEqualTo(20);
    }

    private static List<Row> tests(String name) {
        return CommandRun.table(
                temporary.resolve(name).resolve("tests"),
                table -> table.drop("run_id").orderBy("test", "edge").collectAsList());
    }

    @Test
    void theCircuitOfTheHeadlineIsTestedEdgeByEdge() {
        List<Row> tests = tests("two");
        assertThat(measured.get("faithfulness 100").<Double>getAs("value")).isGreaterThanOrEqualTo(0.9);
        assertThat(tests).hasSize(2 + 100);
        assertThat(tests).allSatisfy(row -> {
            assertThat(row.<Integer>getAs("achieved_edges")).isEqualTo(100);
            assertThat(row.<Double>getAs("p_value")).isBetween(0.0, 1.0);
            assertThat(row.<Double>getAs("statistic")).isNotNaN();
            assertThat(row.<Long>getAs("n_prompts")).isEqualTo(PROMPTS);
            assertThat(row.<String>getAs("null_hypothesis")).isNotEmpty();
        });
        assertThat(tests.stream().map(row -> row.<String>getAs("test")).distinct())
                .containsExactlyInAnyOrder("equivalence", "independence", "minimality");
    }

    @Tag("slow")
    @Test
    void everyBitIsTheSameOnOtherPartitions() {
        assertThat(sweep("local[1]", "one", SIZES, "--controls", "6", "--tests"))
                .isEqualTo(measured);
        assertThat(controls("one")).isEqualTo(controls("two"));
        assertThat(tests("one")).isEqualTo(tests("two"));
    }

    @Test
    void withoutReplicatesTheValuesAreTheSameAndTheEndsAreUnknown() {
        Map<String, Row> without = sweep("local[2]", "without", SIZES, "--bootstrap", "0");
        assertThat(without.keySet()).isEqualTo(measured.keySet());
        without.forEach((key, row) -> {
            assertThat(row.<Double>getAs("value")).isEqualTo(measured.get(key).<Double>getAs("value"));
            assertThat(IntStream.of(row.fieldIndex("low"), row.fieldIndex("high")))
                    .allMatch(row::isNullAt);
        });
    }
}
