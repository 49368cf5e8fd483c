package io.edgewise.jobs.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.DemoRun;
import io.edgewise.jobs.command.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** SQL on tables that commands wrote: what {@code docs/sql.md} shows, run. */
class EdgeFunctionsTest {
    @TempDir
    private static Path temporary;

    private static SparkSession spark;

    /** The demo's scores and circuits are those that the page's examples are about. */
    @BeforeAll
    static void startSparkWithTheFunctions() {
        DemoRun.once();
        SharedSpark.stop();
        spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.sql.extensions", EdgeFunctions.class.getName())
                .getOrCreate();
    }

    @AfterAll
    static void stopSpark() {
        spark.stop();
    }

    private static String place(String task, String job) {
        Path known = temporary.resolve("known").resolve(job);
        return (task.equals("known") ? known : DemoRun.once().of(task, job)).toString();
    }

    static List<String> examples() throws IOException {
        return Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/sql.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleOfThePageGivesAnAnswer(String example) {
        assertThat(run(example)).isNotEmpty();
    }

    private static List<Row> run(String example) {
        return spark.sql(example.replace("out/demo", DemoRun.once().out().toString()))
                .collectAsList();
    }

    @Test
    void theFirstTwoExamplesAreTheEdgesThatBothCircuitsHave() throws IOException {
        Set<String> both = circuit("ioi", 20);
        both.retainAll(circuit("greaterthan", 20));
        assertThat(both).isNotEmpty();
        assertThat(run(examples().get(0)))
                .extracting(EdgeFunctionsTest::edge)
                .containsExactlyInAnyOrderElementsOf(both);
        assertThat(run(examples().get(1).replace("33", "20")))
                .extracting(EdgeFunctionsTest::edge)
                .containsExactlyInAnyOrderElementsOf(both);
    }

    @ParameterizedTest
    @CsvSource({"ioi, 0", "ioi, 1", "ioi, 20", "ioi, 100", "greaterthan, 20", "greaterthan, 262"})
    void inCircuitIsTheSweepsCircuit(String task, int edges) {
        assertThat(inCircuit(place(task, "score"), edges)).isEqualTo(circuit(task, edges));
    }

    /** Of a circuit that is known, 3 edges have score 1 and the others 0: they all tie. */
    @Test
    void edgesThatTieAreInTheCircuitTogether() throws IOException {
        Path known = Files.writeString(
                temporary.resolve("known.json"), "[\"Resid Start->MLP 0\", \"MLP 0->MLP 1\", \"MLP 1->Resid End\"]");
        String scores = place("known", "score");
        String[] options = {"--model", CommandRun.MODEL, "--prompts", CommandRun.IOI, "--limit", "4"};
        String[] score = {"score", "--method", "ground_truth", "--known-edges", known.toString(), "--out", scores};
        CommandRun.done(CommandRun.with(score, options));
        String[] sweep = {"sweep", "--scores", scores, "--edge-counts", "1,4", "--out", place("known", "sweep")};
        CommandRun.done(CommandRun.with(sweep, options));
        assertThat(inCircuit(scores, 1)).hasSize(3).isEqualTo(circuit("known", 1));
        assertThat(inCircuit(scores, 4)).hasSize(262).isEqualTo(circuit("known", 4));
    }

    private static Set<String> inCircuit(String scores, int edges) {
        return names(
                ("SELECT * FROM (SELECT *, rank() OVER (ORDER BY abs(score) DESC) AS place FROM parquet.`%s/edges`)"
                                + " WHERE in_circuit(place, %d)")
                        .formatted(scores, edges));
    }

    private static Set<String> circuit(String task, int edges) {
        return names("SELECT * FROM parquet.`%s/circuits` WHERE requested_edges = %d"
                .formatted(place(task, "sweep"), edges));
    }

    private static Set<String> names(String query) {
        Set<String> names = new HashSet<>();
        spark.sql(query).collectAsList().forEach(row -> names.add(edge(row)));
        return names;
    }

    private static String edge(Row row) {
        return row.getAs("source") + "->" + row.getAs("destination");
    }

    @Test
    void namesAreTakenApartAndPutTogether() {
        assertThat(spark.sql(
                                "SELECT edge_source(e), edge_destination(e), edge_position(e), edge_input(e), layer_distance(e)"
                                        + " FROM VALUES ('A0.3->A2.1.Q[5]'), ('Resid Start->MLP 1'), ('MLP 0->A1.2'),"
                                        + " ('Resid Mid 1->Resid Post 1'), (cast(null AS string)) AS edges(e)")
                        .collectAsList())
                .extracting(row -> tuple(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4)))
                .containsExactly(
                        tuple("A0.3", "A2.1.Q", 5, "q", 2),
                        tuple("Resid Start", "MLP 1", null, null, null),
                        tuple("MLP 0", "A1.2", null, null, 1),
                        tuple("Resid Mid 1", "Resid Post 1", null, null, 0),
                        tuple(null, null, null, null, null));
        assertThat(spark.sql("SELECT node_kind(n), node_layer(n), node_head(n) FROM VALUES ('A1.2.V'), ('Resid End'),"
                                + " ('Resid Post 3'), (null) AS nodes(n)")
                        .collectAsList())
                .extracting(row -> tuple(row.get(0), row.get(1), row.get(2)))
                .containsExactly(
                        tuple("head", 1, 2),
                        tuple("end", null, null),
                        tuple("resid_post", 3, null),
                        tuple(null, null, null));
        assertThat(spark.sql(
                                "SELECT edge_name('A0.3', 'MLP 1', 5), edge_name('A0.3', 'MLP 1', null),"
                                        + " edge_name(null, 'MLP 1', 5), in_circuit(null, 5), in_circuit(5, 5), in_circuit(6L, 5)")
                        .first())
                .satisfies(row ->
                        assertThat(row.mkString(" ")).isEqualTo("A0.3->MLP 1[5] A0.3->MLP 1 null null true false"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "edge_source('A0.3-A1.2.Q') | Not an edge name: \"A0.3-A1.2.Q\"; wanted SOURCE->DESTINATION",
                "edge_source('nonsense->A1.2.Q') | Not a node name: \"nonsense\"; wanted one like A0.3",
                "node_layer('A1') | Not a node name: \"A1\"; wanted one like A0.3",
                "in_circuit(5) | in_circuit wants 2 arguments, got 1"
            })
    void aWrongNameFailsTheQueryAndSaysSo(String asked, String message) {
        assertThatThrownBy(() -> spark.sql("SELECT " + asked).collectAsList())
                .hasStackTraceContaining("InputException: " + message);
    }

    @Test
    void aProgramRegistersTheSameFunctions() {
        SparkSession other = spark.newSession();
        EdgeFunctions.register(other);
        assertThat(other.sql(
                                "SELECT layer_distance(edge_name('A0.3', 'A2.1.Q', null)), in_circuit(3, 4), edge_input(null)")
                        .first()
                        .mkString(" "))
                .isEqualTo("2 true null");
        assertThat(other.sql("SHOW USER FUNCTIONS").collectAsList())
                .extracting(row -> row.getString(0))
                .contains("edge_name", "edge_source", "in_circuit", "node_kind");
    }
}
