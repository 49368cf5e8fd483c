package io.edgewise.jobs.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.Rounding;
import io.edgewise.jobs.command.SharedSpark;
import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.jobs.input.ScoreFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a notebook writes, on a Spark that was there before and is there after. */
class EdgewiseTest {
    private static final int ZEPPELINS_LIMIT = 102_400;

    @TempDir
    private static Path temporary;

    private static SparkSession spark;
    private static ScoredEdges scored;
    private static MeasuredCircuits circuits;
    private static String shown;

    @BeforeAll
    static void runTheNotebook() {
        SharedSpark.stop();
        spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .getOrCreate();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stdout = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            scored = ioi().score(place("scores"));
            circuits = scored.skip(16).edgeCounts("0,20,262").sweep(place("sweep"));
        } finally {
            System.setOut(stdout);
        }
        shown = out.toString(StandardCharsets.UTF_8);
    }

    @AfterAll
    static void stopSpark() {
        spark.stop();
    }

    private static Edgewise ioi() {
        return Edgewise.model(CommandRun.MODEL)
                .prompts(CommandRun.IOI)
                .limit(16)
                .batchSize(8)
                .integratedGradients(2);
    }

    private static String place(String name) {
        return temporary.resolve(name).toString();
    }

    @Tag("slow")
    @Test
    void nodesHaveScoresAndCircuitsToo() {
        ScoredEdges nodes = Edgewise.model(CommandRun.MODEL)
                .prompts(CommandRun.IOI)
                .limit(8)
                .option("--level", "node")
                .score(place("nodes"));
        assertThat(nodes.nodes().count()).isEqualTo(16);
        MeasuredCircuits ofNodes = nodes.skip(8).edgeCounts("0,3,16").sweep(place("sweep-of-nodes"));
        assertThat(ofNodes.measurements().filter("achieved_nodes = 3").isEmpty())
                .isFalse();
    }

    @Test
    void scoresAreThoseOfTheCommandToTheByte() {
        String[] files = {"score", "--model", CommandRun.MODEL, "--prompts", CommandRun.IOI, "--out", place("command")};
        CommandRun.done(CommandRun.with(files, "--limit", "16", "--batch-size", "8", "--integrated-grad-samples", "2"));
        assertThat(temporary.resolve("scores").resolve(ScoreFile.NAME))
                .hasSameBinaryContentAs(temporary.resolve("command").resolve(ScoreFile.NAME));
        assertThat(scored.manifest().get("run_id"))
                .isEqualTo(ManifestFile.read(place("command")).get("run_id"));
    }

    @Test
    void tablesAreThereToAsk() {
        assertThat(scored.edges().count()).isEqualTo(262);
        assertThat(scored.manifest().at("/counts/prompts").asInt()).isEqualTo(16);
        assertThat(circuits.measurements()
                        .filter("metric = 'answer_diff_percent' and achieved_edges = 262")
                        .first()
                        .<Double>getAs("value"))
                .isCloseTo(100, Rounding.of(100));
        assertThat(circuits.circuits().filter("achieved_edges = 20").count()).isEqualTo(20);
        assertThat(circuits.answers()
                        .filter("achieved_edges = 262 and token = full_token")
                        .count())
                .isEqualTo(8);
    }

    @Test
    void circuitsAreMeasuredAsScoringWasToldButForWhatIsGivenAnew() {
        assertThat(circuits.manifest().at("/options/skip").asInt()).isEqualTo(16);
        assertThat(circuits.manifest().at("/options/limit").asInt()).isEqualTo(16);
        assertThat(circuits.manifest().at("/options/batch-size").asInt()).isEqualTo(8);
    }

    @Test
    void theSparkThatWasThereGoesOnAsItWas() {
        assertThat(spark.sparkContext().isStopped()).isFalse();
        assertThat(spark.sparkContext().getLocalProperty("mdc.run_id")).isNull();
        assertThat(spark.sparkContext().listenerBus().listeners())
                .noneMatch(listener -> listener.getClass().getName().startsWith("io.edgewise"));
    }

    @Test
    void progressAndTheStrongestEdgesAreShownWhereANotebookShowsThem() {
        assertThat(shown.lines().filter(line -> line.contains("score 100%"))).hasSize(1);
        assertThat(shown).contains("score 100%", "262 edges scored on 16 prompts", "sweep 100%", place("sweep") + "\n");
    }

    @Test
    void aCircuitIsOneLineOfHtmlThatZeppelinShowsWhole() {
        assertThat(circuits.circuitHtml(20))
                .startsWith("<iframe ")
                .contains("20 of 262 edges", "Unembed")
                .doesNotContain("\n")
                .hasSizeLessThan(ZEPPELINS_LIMIT);
        assertThat(circuits.circuitHtml()).contains(circuits.headline().replaceAll(" edges.*", " edges"));
    }

    @Test
    void theReportIsAFrameToo() {
        assertThat(circuits.reportHtml())
                .startsWith("<iframe ")
                .contains("echarts", "&quot;MLP 2&quot;")
                .doesNotContain("\n");
    }

    @Test
    void objectsSayWhatTheyAreWhereANotebookPrintsThem() {
        assertThat(ioi()).asString().contains("--limit=16", "--integrated-grad-samples=2");
        assertThat(scored)
                .asString()
                .contains(place("scores"), "--limit=16")
                .doesNotContain("--integrated-grad-samples");
        assertThat(circuits).asString().contains(place("sweep"));
    }

    @Test
    void aSizeThatWasNotMeasuredIsSaid() {
        assertThatThrownBy(() -> circuits.circuitHtml(7))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("No circuit of 7 edges in ");
    }

    @Test
    void runningAParagraphAgainUsesWhatIsThere() {
        assertThat(ioi().score(place("scores")).manifest()).isEqualTo(scored.manifest());
    }

    @Test
    void anotherRunsResultsAreReplacedOnlyWhereThatWasSaid() {
        Edgewise random = Edgewise.model(CommandRun.MODEL)
                .prompts(CommandRun.IOI)
                .limit(2)
                .method("random");
        random.score(place("random"));
        Edgewise other = random.option("--seed", "7");
        assertThatThrownBy(() -> other.score(place("random")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("of another run");
        assertThat(other.overwrite()
                        .score(place("random"))
                        .manifest()
                        .at("/options/seed")
                        .asText())
                .isEqualTo("7");
    }

    @Test
    void wrongOptionsAreRefusedAsOnTheCommandLine() {
        Edgewise wrong = ioi().option("--no-such-option", "1");
        assertThatThrownBy(() -> wrong.score(place("wrong")))
                .isInstanceOf(InputException.class)
                .hasMessage("Unknown option: '--no-such-option=1'");
        Edgewise method = ioi().method("mask_gradiant");
        assertThatThrownBy(() -> method.score(place("wrong")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--method")
                .hasMessageContaining("MASK_GRADIENT");
    }

    @Test
    void resultsOfEarlierRunsAreOpenedAndOthersRefused() {
        Edgewise model = Edgewise.model(CommandRun.MODEL);
        assertThat(model.scored(place("scores"))
                        .swept(place("sweep"))
                        .measurements()
                        .count())
                .isEqualTo(circuits.measurements().count());
        assertThatThrownBy(() -> model.scored(place("nothing"))).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> scored.swept(place("nothing")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--sweep");
    }

    @Test
    void theQueriesOfZeppelinsNoteGiveTheColumnsThatItsChartsShow() throws Exception {
        scored.edges().createOrReplaceTempView("edges");
        circuits.measurements().createOrReplaceTempView("measurements");
        List<JsonNode> queries = ZeppelinNote.read().paragraphs("%spark.sql");
        assertThat(queries).hasSizeGreaterThan(1);
        for (JsonNode query : queries) {
            Dataset<Row> answer = spark.sql(ZeppelinNote.body(query));
            assertThat(answer.collectAsList()).isNotEmpty();
            assertThat(answer.columns()).containsAll(ZeppelinNote.charted(query));
        }
    }
}
