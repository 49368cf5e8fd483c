package io.edgewise.jobs.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.jobs.report.ReportEdge;
import io.edgewise.jobs.report.Study;
import io.edgewise.jobs.report.StudyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way to choose circuits, and the searches for the smallest ones, as a user asks for them. */
class SelectionSweepTest {
    private static final int EDGES = 262;

    @TempDir
    private static Path temporary;

    private static Path scores;

    @BeforeAll
    static void score() {
        scores = temporary.resolve("scores");
        CommandRun.done(CommandRun.ofIoi("score", scores, "--limit", "32", "--bootstrap", "50"));
    }

    private static CommandRun sweep(String name, String... options) {
        return CommandRun.of(CommandRun.with(
                CommandRun.ofIoi(
                        "sweep",
                        temporary.resolve(name),
                        "--skip",
                        "32",
                        "--limit",
                        "40",
                        "--scores",
                        scores.toString(),
                        "--metrics",
                        "faithfulness",
                        "--show-prompts",
                        "0"),
                options));
    }

    private static Path swept(String name, String... options) {
        CommandRun run = sweep(name, options);
        assertThat(run.status()).as(run.err()).isZero();
        return temporary.resolve(name);
    }

    private static List<Row> measurements(Path sweep) {
        return CommandRun.table(sweep.resolve("measurements"), table -> table.orderBy("requested_edges")
                .collectAsList());
    }

    @Test
    void everyEdgeOfAConnectedCircuitIsLive() {
        List<Row> strongest = measurements(swept("absolute", "--edge-counts", "10,20,40", "--bootstrap", "0"));
        Path out = swept("connected", "--edge-counts", "10,20,40", "--select", "connected", "--bootstrap", "0");
        List<Row> connected = measurements(out);
        assertThat(connected).hasSameSizeAs(strongest);
        for (Row row : connected) {
            assertThat(row.<Integer>getAs("achieved_edges")).isEqualTo(row.<Integer>getAs("requested_edges"));
            assertThat(row.<Integer>getAs("live_edges")).isEqualTo(row.<Integer>getAs("achieved_edges"));
        }
        assertThat(strongest).anyMatch(row -> row.<Integer>getAs("live_edges") < row.<Integer>getAs("achieved_edges"));
        long[] sizes = CommandRun.table(out.resolve("circuits"), table -> Stream.of(10, 20, 40)
                .mapToLong(size -> table.filter("requested_edges = " + size).count())
                .toArray());
        assertThat(sizes).containsExactly(10, 20, 40);
        assertThat(ManifestFile.read(out.toString())
                        .at("/selection/largest_gap")
                        .asDouble(-1))
                .isZero();
    }

    @Tag("slow")
    @Test
    void aRatioIsChosenByPromptsThatMeasureNothing() {
        Path out = swept("ratio", "--edge-counts", "5,10,20,40,80", "--select", "ratio", "--bootstrap", "0");
        JsonNode manifest = ManifestFile.read(out.toString());
        double ratio = manifest.at("/selection/ratio").asDouble(-1);
        assertThat(ratio).isBetween(0., 1.);
        int tuning = manifest.at("/selection/tuning_prompts").asInt();
        assertThat(tuning).isPositive();
        assertThat(manifest.at("/counts/prompts").asInt()).isEqualTo(40 - tuning);
        Path given = swept(
                "given",
                "--edge-counts",
                "5,10,20,40,80",
                "--select",
                "ratio",
                "--ratio",
                String.valueOf(ratio),
                "--bootstrap",
                "0");
        assertThat(edges(given)).isEqualTo(edges(out));
        assertThat(ManifestFile.read(given.toString()).at("/counts/prompts").asInt())
                .isEqualTo(40);
    }

    private static List<String> edges(Path sweep) {
        return CommandRun.table(
                sweep.resolve("circuits"), table -> table.orderBy("requested_edges", "rank").collectAsList().stream()
                        .map(row -> row.getAs("requested_edges") + " " + row.getAs("source") + "->"
                                + row.getAs("destination"))
                        .toList());
    }

    @Tag("slow")
    @Test
    void edgesWhoseSignIsInDoubtComeLast() {
        Path out = swept("consistent", "--edge-counts", "30", "--select", "consistent", "--bootstrap", "0");
        int consistent = ManifestFile.read(out.toString())
                .at("/selection/consistent_edges")
                .asInt();
        long expected = CommandRun.table(scores.resolve("edges"), table -> table.filter("sign_consistency >= 0.95")
                .count());
        assertThat(consistent).isEqualTo((int) expected).isBetween(31, EDGES - 1);
        List<Double> signs = CommandRun.table(out.resolve("circuits"), table -> table
                .join(
                        table.sparkSession()
                                .read()
                                .parquet(scores.resolve("edges").toString())
                                .select("rank", "sign_consistency"),
                        "rank")
                .collectAsList()
                .stream()
                .map(row -> row.<Double>getAs("sign_consistency"))
                .toList());
        assertThat(signs).hasSize(30).allMatch(sign -> sign >= 0.95);
    }

    @Test
    void theSmallestCircuitIsFoundWhateverSizesAreGiven() {
        Path out = swept("keep", "--edge-counts", "0,262", "--keep", "50%,90%", "--bootstrap", "50");
        List<Row> measured = measurements(out);
        JsonNode smallest = ManifestFile.read(out.toString()).at("/smallest");
        assertThat(smallest).hasSize(2);
        for (JsonNode found : smallest) {
            double keep = found.get("keep").asDouble();
            int edges = found.get("edges").asInt();
            for (Row row : measured) {
                boolean isEnough = row.<Double>getAs("value") >= keep;
                int size = row.getAs("requested_edges");
                assertThat(size < edges && isEnough).as("%d edges", size).isFalse();
                assertThat(size == edges && !isEnough).as("%d edges", size).isFalse();
            }
            // The sizes just below were measured, and keep too little.
            assertThat(measured.stream().map(row -> row.<Integer>getAs("requested_edges")))
                    .contains(edges - 1, edges - 2, edges - 3);
            assertThat(found.get("edges_low").asInt()).isLessThanOrEqualTo(edges);
            assertThat(found.get("edges_high").asInt()).isGreaterThanOrEqualTo(edges);
        }
        assertThat(smallest.get(0).get("edges").asInt())
                .isLessThan(smallest.get(1).get("edges").asInt());
    }

    @Test
    void aMinimisedCircuitKeepsAsMuchWithinTheErrorOnPromptsThatHadNoPartInIt() {
        Path out = swept("minimised", "--edge-counts", "0,60,262", "--keep", "90%", "--minimise", "--bootstrap", "50");
        JsonNode minimised = ManifestFile.read(out.toString()).at("/minimised");
        int before = minimised.get("edges_before").asInt();
        int after = minimised.get("edges").asInt();
        assertThat(after).isBetween(1, before - 1);
        long left = CommandRun.table(out.resolve("minimised"), table -> table.count());
        assertThat(left).isEqualTo(after);
        assertThat(minimised.get("low").asDouble())
                .isLessThanOrEqualTo(minimised.get("faithfulness").asDouble());
        assertThat(minimised.get("high").asDouble())
                .isGreaterThanOrEqualTo(minimised.get("faithfulness_before").asDouble());
        // What is left is a part of the circuit.
        long inBoth =
                CommandRun.table(out.resolve("circuits"), circuits -> circuits.filter("achieved_edges = " + before)
                        .join(
                                circuits.sparkSession()
                                        .read()
                                        .parquet(out.resolve("minimised").toString())
                                        .select("rank"),
                                "rank")
                        .count());
        assertThat(inBoth).isEqualTo(after);
    }

    @Tag("slow")
    @Test
    void whatIsExportedIsTheCircuitThatIsSwept() throws IOException {
        for (String select : List.of("connected", "consistent")) {
            Path out = swept("swept-" + select, "--edge-counts", "25", "--select", select, "--bootstrap", "0");
            Path file = temporary.resolve(select + ".csv");
            CommandRun.done(
                    "export",
                    "--scores",
                    scores.toString(),
                    "--format",
                    "csv",
                    "--edges",
                    "25",
                    "--select",
                    select,
                    "--out",
                    file.toString());
            List<String> exported = Files.readAllLines(file).stream()
                    .skip(1)
                    .map(line -> "25 " + line.replaceFirst("^([^,]*),([^,]*),.*$", "$1->$2"))
                    .toList();
            assertThat(exported).containsExactlyElementsOf(edges(out));
        }
        assertThat(CommandRun.of(
                                "export",
                                "--scores",
                                scores.toString(),
                                "--format",
                                "csv",
                                "--select",
                                "ratio",
                                "--out",
                                temporary.resolve("ratio.csv").toString())
                        .complaints())
                .containsExactly(
                        "edgewise: --select ratio wants --ratio here, where no prompts can choose it; the manifest of a"
                                + " sweep with --select ratio has it, in selection");
    }

    @Tag("slow")
    @Test
    void theReportShowsTheCircuitThatWasMeasured() {
        Path out = swept("reported", "--edge-counts", "30", "--select", "connected", "--bootstrap", "0");
        Study study = CommandRun.table(
                out.resolve("circuits"),
                table -> new StudyFiles("ioi", scores.toString(), out.toString()).read(table.sparkSession()));
        assertThat(study.chosenEdges()).isEqualTo(30);
        assertThat(study.edges().subList(0, 30).stream().map(ReportEdge::rank).toList())
                .containsExactlyInAnyOrderElementsOf(
                        CommandRun.table(out.resolve("circuits"), table -> table.select("rank").collectAsList().stream()
                                .map(row -> row.getInt(0))
                                .toList()));
    }

    @Test
    void whatDoesNotGoTogetherIsSaidInALine() {
        assertThat(sweep("a", "--ratio", "50%").complaints())
                .containsExactly("edgewise: --ratio belongs to --select ratio; give it, or leave out --ratio");
        assertThat(sweep("a", "--select", "signed", "--ranking", "absolute").complaints())
                .containsExactly("edgewise: --select signed has a ranking of its own; leave out --ranking");
        String[] other = CommandRun.ofIoi(
                "sweep", temporary.resolve("a"), "--scores", scores.toString(), "--metrics", "kl_div_clean");
        for (String search : List.of("--keep=90%", "--minimise")) {
            assertThat(CommandRun.of(CommandRun.with(other, search)).complaints())
                    .containsExactly("edgewise: " + search.replaceFirst("=.*", "")
                            + " wants faithfulness among the --metrics, got kl_div_clean");
        }
    }
}
