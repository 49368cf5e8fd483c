package io.edgewise.jobs.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewise.InputException;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.DemoRun;
import io.edgewise.jobs.command.SharedSpark;
import io.edgewise.jobs.results.MethodTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study in a notebook, and what the Python page asks of its tables. */
class StudyResultsTest {
    /** Words in quotes that are no columns: values, and a file's mode. */
    private static final Set<String> OTHERS =
            Set.of("mask_gradient", "relp", "ioi", "faithfulness", "strength", "node", "w");

    @TempDir
    private Path temporary;

    private static StudyResults study;

    @BeforeAll
    static void openTheDemo() {
        String out = DemoRun.once().out().toString();
        SharedSpark.on("local[2]");
        study = ofTheDemo().study(out);
    }

    private static Edgewise ofTheDemo() {
        return Edgewise.model(CommandRun.MODEL)
                .prompts(CommandRun.GREATER_THAN, CommandRun.IOI)
                .limit(128)
                .batchSize(64)
                .integratedGradients(8)
                .option("--edge-counts", "all")
                .option("--controls", "10")
                .option(
                        "--metrics",
                        "faithfulness,answer_diff_percent,answer_diff,kl_div_clean,kl_div_corrupt,correct_answer_percent");
    }

    @Test
    void theSameOptionsAreTheSameStudyWhichIsLeftAsItIs() {
        assertThat(DemoRun.once().run().out())
                .startsWith(study.headlines().get(0) + "\n" + study.headlines().get(1));
        assertThat(study.scores("ioi", "mask_gradient").edges().count()).isEqualTo(262);
        assertThat(study.headlines().get(1))
                .startsWith("ioi: " + study.circuits("ioi", "mask_gradient").headline());
        assertThat(study.reportHtml())
                .startsWith("<iframe ")
                .contains("echarts")
                .doesNotContain("\n");
    }

    @Test
    void whatIsNotInItIsRefused() {
        assertThatThrownBy(() -> study.scores("ioi", "relp"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("ioi/relp/score");
        assertThatThrownBy(() ->
                        ofTheDemo().batchSize(32).study(DemoRun.once().out().toString()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("of another run");
    }

    @Tag("slow")
    @Test
    void methodsAreCompared() {
        StudyResults two = Edgewise.model(CommandRun.MODEL)
                .prompts(CommandRun.IOI)
                .limit(4)
                .option("--method", "mask_gradient", "random")
                .option("--edge-counts", "0,50,262")
                .option("--bootstrap", "0")
                .option("--controls", "0")
                .option("--keep", "0")
                .study(temporary.resolve("study").toString());
        assertThat(two.methods().collectAsList())
                .extracting(row -> row.getAs("method"))
                .containsExactly("mask_gradient", "random");
    }

    @Test
    void columnsThatThePythonPageNamesAreThere() throws IOException {
        PythonPage page = PythonPage.read();
        MeasuredCircuits circuits = study.circuits("ioi", "mask_gradient");
        Dataset<Row> edges = study.scores("ioi", "mask_gradient").edges();
        TreeSet<String> known = new TreeSet<>(OTHERS);
        Dataset<Row> methods = MethodTable.of(edges.sparkSession(), List.of());
        Stream.of(edges, circuits.measurements(), circuits.circuits(), methods)
                .forEach(table -> known.addAll(List.of(table.columns())));
        List<String> named = page.found("[\"']([a-z][a-z_0-9]*)[\"']");
        assertThat(named).contains("source", "achieved_edges", "edges_at_90");
        assertThat(known).containsAll(named);
        assertThat(page.found("\\.where\\(\"([^\"]+)\"")).hasSizeGreaterThan(1).allSatisfy(condition -> assertThat(
                        circuits.measurements().where(condition).isEmpty())
                .isFalse());
        edges.createOrReplaceTempView("edges_of_the_page");
        assertThat(page.found("\"(SELECT [^\"]+)\"")).hasSize(1).allSatisfy(query -> assertThat(edges.sparkSession()
                        .sql(query.replaceAll("'out/python/scores/edges/[^']*'", "edges_of_the_page"))
                        .isEmpty())
                .isFalse());
    }
}
