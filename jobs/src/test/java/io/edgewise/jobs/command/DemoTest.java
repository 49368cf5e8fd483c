package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main job from end to end: what a newcomer runs first. */
class DemoTest {
    private static Path out;
    private static CommandRun run;

    @BeforeAll
    static void runTheDemo() {
        out = DemoRun.once().out();
        run = DemoRun.once().run();
    }

    @Test
    void itEndsWellAndSaysWhereTheReportIs() {
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.complaints()).isEmpty();
        assertThat(run.out()).endsWith("Report: " + out.resolve("report.html") + "\n");
        assertThat(out.resolve("_SUCCESS")).exists();
        assertThat(out.resolve("report.html")).content().contains("greaterthan", "ioi", "MLP 2");
    }

    /** AutoCircuit itself needed about 20 edges for greater-than and 120 for IOI. */
    @ParameterizedTest
    @CsvSource({"greaterthan, 30", "ioi, 130"})
    void aSmallCircuitKeepsNineTenthsOfTheBehaviour(String task, int mostEdges) {
        List<Row> enough =
                CommandRun.table(out.resolve(task + "/mask_gradient/sweep/measurements"), table -> table.filter(
                                "metric = 'faithfulness' and value >= 0.9")
                        .orderBy("achieved_edges")
                        .collectAsList());
        int smallest = enough.get(0).getAs("achieved_edges");
        assertThat(smallest).isBetween(1, mostEdges);
        assertThat(run.out()).contains(task + ": " + smallest + " of 262 edges keep ");
        List<Row> circuit = CommandRun.table(
                out.resolve(task + "/mask_gradient/sweep/circuits"),
                table -> table.filter("requested_edges = " + smallest).collectAsList());
        assertThat(circuit).hasSize(smallest);
        for (Row edge : circuit) {
            assertThat(run.out()).contains(edge.getAs("source") + "->" + edge.getAs("destination"));
        }
    }

    @ParameterizedTest
    @CsvSource({"greaterthan", "ioi"})
    void allEdgesAreTheFullModelAndScoringAndMeasuringPromptsDiffer(String task) throws Exception {
        double all = CommandRun.table(out.resolve(task + "/mask_gradient/sweep/measurements"), table -> table.filter(
                        "metric = 'answer_diff_percent' and achieved_edges = 262")
                .first()
                .<Double>getAs("value"));
        assertThat(all).isCloseTo(100, Rounding.of(100));
        assertThat(ScoreCommandTest.manifest(out.resolve(task + "/mask_gradient/score"))
                        .at("/options/skip")
                        .asInt())
                .isZero();
        assertThat(ScoreCommandTest.manifest(out.resolve(task + "/mask_gradient/sweep"))
                        .at("/options/skip")
                        .asInt())
                .isEqualTo(128);
    }

    /** The demo is a study of two tasks; the benchmark has the second alone. */
    @Test
    void aSubmissionTakesEveryTaskOfTheStudy() {
        String[] export = {
            "export",
            "--scores",
            out.toString(),
            "--format",
            "mib-submission",
            "--out",
            out.resolveSibling("submission").toString()
        };
        assertThat(CommandRun.of(export).complaints())
                .singleElement()
                .asString()
                .contains("The name \"greaterthan\" of " + DemoRun.once().of("greaterthan", "score"));
        assertThat(CommandRun.of(
                                CommandRun.with(export, "--task", "ioi", "--task", "ioi", "--mib-model", "interpbench"))
                        .complaints())
                .singleElement()
                .asString()
                .contains("Both " + DemoRun.once().of("greaterthan", "score") + " and "
                        + DemoRun.once().of("ioi", "score") + " are for ioi_interpbench");
        assertThat(out.resolveSibling("submission")).doesNotExist();
    }
}
