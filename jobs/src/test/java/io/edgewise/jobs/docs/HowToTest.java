package io.edgewise.jobs.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.EdgewiseCommand;
import io.edgewise.jobs.docs.Walkthrough.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every how-to is followed, command by command. */
class HowToTest {
    private static final Path HOME = Path.of("..");
    private static final Path PAGES = HOME.resolve("docs/howto");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");
    private static final Pattern FILE = Pattern.compile("(?<![\\w/])(?:conf|docs)/[\\w./-]+\\w");
    private static final List<String> OF_OTHERS = List.of(
            "--local-dir", "--include", "--conf", "--properties-file", "--master", "--class", "--packages", "--jars");

    @TempDir
    private Path temporary;

    private List<Step> follow(String page) throws IOException {
        return new Walkthrough(temporary).follow(PAGES.resolve(page));
    }

    private Path out(String name) {
        return temporary.resolve("out/howto").resolve(name);
    }

    private Map<String, Double> kept(String sweep) {
        return CommandRun.table(
                out(sweep).resolve("measurements"),
                table -> table.filter("metric = 'answer_diff_percent'").collectAsList().stream()
                        .collect(Collectors.toMap(
                                row -> row.getAs("requested_edges").toString(), row -> row.<Double>getAs("value"))));
    }

    @Tag("slow")
    @Test
    void ownDataIsScoredAndTheWrongPromptSetAside() throws IOException {
        assertThat(follow("own-data.md")).hasSize(4);
        List<String> reasons = CommandRun.table(
                out("scores").resolve("rejected"), table -> table.select("reason").collectAsList().stream()
                        .map(row -> row.getString(0))
                        .toList());
        assertThat(reasons).singleElement().asString().contains("tokens");
        assertThat(CommandRun.<Long>table(out("first").resolve("rejected"), table -> table.count()))
                .isZero();
        assertThat(out("mine.html")).isNotEmptyFile();
    }

    @Tag("slow")
    @Test
    void anotherModelIsInspectedAndItsEndsAreRight() throws IOException {
        assertThat(follow("own-model.md")).hasSize(5);
        assertThat(kept("ends").get("262")).isCloseTo(100, within(1e-3));
        assertThat(kept("ends").get("0")).isLessThan(50);
    }

    @Tag("slow")
    @Test
    void theClustersCommandsRun() throws IOException {
        assertThat(follow("cluster-with-gpus.md")).hasSize(3);
        assertThat(kept("sweep")).containsOnlyKeys("0", "20", "262");
        String page = Files.readString(PAGES.resolve("cluster-with-gpus.md"));
        String settings = Files.readString(HOME.resolve("conf/spark/standalone-gpu.conf"));
        assertThat(page).contains("spark.worker.resource.gpu.amount", "PYTORCH_LIBRARY_PATH", "libtorch 2.7.1");
        assertThat(settings).contains("spark.worker.resource.gpu.amount", "PYTORCH_LIBRARY_PATH", "libtorch 2.7.1");
    }

    @Tag("slow")
    @Test
    void aScheduledRunThatIsCompleteIsLeftAsItIs() throws IOException {
        assertThat(follow("schedule.md")).hasSize(2);
        List<JsonNode> completed;
        try (Stream<String> events = Files.lines(out("events.jsonl"))) {
            completed = events.map(HowToTest::json)
                    .filter(event -> event.path("event").asText().equals("completed"))
                    .toList();
        }
        assertThat(completed)
                .extracting(event -> event.get("already_there").asBoolean())
                .containsExactly(false, true);
        MatchResult given = only(Pattern.compile("--conf '(\\{.*})'"), "schedule.md");
        String dag = Files.readString(HOME.resolve("conf/airflow/edgewise_dag.py"));
        json(given.group(1)).fieldNames().forEachRemaining(name -> assertThat(dag)
                .contains("\"" + name + "\": Param("));
        assertThat(dag).contains("EDGEWISE_HOME", "AIRFLOW_CONN_SPARK_DEFAULT", "EDGEWISE_SCHEDULE");
    }

    @Tag("slow")
    @Test
    void scoresGoToAutoCircuitAndBackAndGiveTheSameCircuits() throws IOException {
        assertThat(follow("compare-with-autocircuit.md")).hasSize(4);
        assertThat(kept("theirs")).isEqualTo(kept("sweep")).containsOnlyKeys("0", "20", "50", "262");
        assertThat(Files.readAllBytes(out("prune_scores.safetensors")))
                .isEqualTo(Files.readAllBytes(out("scores").resolve("prune_scores.safetensors")));
    }

    @Tag("slow")
    @Test
    void aSubmissionIsMadeOfTheBenchmarksOwnRows() throws IOException {
        assertThat(follow("mib.md")).hasSize(5);
        assertThat(out("submission/ioi_interpbench/importances.json")).isNotEmptyFile();
        assertThat(out("circuits/ioi_interpbench/circuit_50.json")).isNotEmptyFile();
        assertThat(Files.readAllBytes(out("abc/prune_scores.safetensors")))
                .isNotEqualTo(Files.readAllBytes(out("ioi/prune_scores.safetensors")));
    }

    static List<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            return pages.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyOptionAndFileThatAPageNamesIsThere(Path page) throws IOException {
        String text = Files.readString(page);
        TreeSet<String> known = new TreeSet<>(OF_OTHERS);
        EdgewiseCommand.parser()
                .getSubcommands()
                .values()
                .forEach(command ->
                        known.addAll(command.getCommandSpec().optionsMap().keySet()));
        assertThat(OPTION.matcher(text).results().map(MatchResult::group))
                .isNotEmpty()
                .isSubsetOf(known);
        assertThat(FILE.matcher(text).results().map(MatchResult::group).map(HOME::resolve))
                .allSatisfy(file -> assertThat(file).exists());
        assertThat(Files.readString(HOME.resolve("README.md"))).contains("docs/howto/" + page.getFileName());
    }

    private static MatchResult only(Pattern pattern, String page) throws IOException {
        List<MatchResult> found =
                pattern.matcher(Files.readString(PAGES.resolve(page))).results().toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }
}
