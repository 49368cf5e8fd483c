package io.edgewise.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.DemoRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two circuits side by side: {@code report --compare}. */
class ComparisonTest {
    private static final Pattern DATA = Pattern.compile("id=\"report-data\">(.*?)</script>", Pattern.DOTALL);

    @TempDir
    private Path temporary;

    private static String task(String name) {
        return DemoRun.once().of(name).toString();
    }

    private static JsonNode data(Path page) throws IOException {
        Matcher data = DATA.matcher(Files.readString(page));
        assertThat(data.find()).isTrue();
        return new ObjectMapper().readTree(data.group(1));
    }

    @Test
    void everyEdgeStandsWithItsScoreAndRankInBoth() throws IOException {
        Path page = temporary.resolve("two.html");

        CommandRun run =
                CommandRun.of("report", "--compare", task("ioi"), task("greaterthan"), "--out", page.toString());

        assertThat(run.status()).as(run.err()).isZero();
        JsonNode data = data(page);
        assertThat(data.at("/sides/0/name").asText()).isEqualTo("ioi");
        assertThat(data.at("/sides/1/headline").asText())
                .startsWith("23 of 262 edges keep 91% of the behaviour (90 to 92)");
        assertThat(data.get("edges")).hasSize(262);
        List<Row> scored = scores("greaterthan");
        for (JsonNode edge : data.get("edges")) {
            Row row = scored.get(edge.at("/ranks/1").asInt() - 1);
            assertThat(edge.get("source").asText()).isEqualTo(row.getAs("source"));
            assertThat(edge.at("/scores/1").asDouble()).isEqualTo(row.<Double>getAs("score"));
        }
        assertThat(data.get("rankCorrelation").asDouble()).isCloseTo(spearman(data), within(1e-9));
    }

    private static List<Row> scores(String task) {
        return CommandRun.table(
                DemoRun.once().of(task, "score/edges"),
                table -> new ArrayList<>(table.orderBy("rank").collectAsList()));
    }

    /** As another library estimates it. */
    private static double spearman(JsonNode data) {
        double[][] scores = IntStream.range(0, 2)
                .mapToObj(side -> IntStream.range(0, data.get("edges").size())
                        .mapToDouble(edge -> data.get("edges")
                                .get(edge)
                                .get("scores")
                                .get(side)
                                .asDouble())
                        .toArray())
                .toArray(double[][]::new);
        return new SpearmansCorrelation().correlation(scores[0], scores[1]);
    }

    @Tag("slow")
    @Test
    void pairsOfDirectoriesAreComparedUnderTheirNames() throws IOException {
        Path page = temporary.resolve("two.html");
        DemoRun demo = DemoRun.once();

        CommandRun run = CommandRun.of(
                "report",
                "--scores",
                demo.of("ioi", "score").toString(),
                "--sweep",
                demo.of("ioi", "sweep").toString(),
                "--name",
                "one",
                "--scores",
                demo.of("ioi", "score").toString(),
                "--sweep",
                demo.of("ioi", "sweep").toString(),
                "--name",
                "same",
                "--compare",
                "--out",
                page.toString());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(data(page).get("title").asText()).isEqualTo("one and same");
        assertThat(data(page).get("rankCorrelation").asDouble()).isCloseTo(1, within(1e-12));
    }

    @Tag("slow")
    @Test
    void graphsWithOtherEdgesAreNotCompared() {
        String other = temporary.resolve("merged").toString();
        String[] prompts = {
            "--model", CommandRun.MODEL, "--prompts", CommandRun.IOI, "--limit", "4", "--batch-size", "4", "--out"
        };
        String[] score = CommandRun.with(new String[] {"score", "--separate-qkv", "false"}, prompts);
        CommandRun.done(CommandRun.with(score, other + "/score"));
        String[] sweep =
                CommandRun.with(new String[] {"sweep", "--scores", other + "/score", "--edge-counts", "5"}, prompts);
        CommandRun.done(CommandRun.with(sweep, other + "/sweep"));

        CommandRun run = CommandRun.of(
                "report",
                "--compare",
                task("ioi"),
                other,
                "--out",
                temporary.resolve("two.html").toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.complaints())
                .singleElement()
                .asString()
                .contains("ioi of 262 edges", "merged of ", "only ioi has ", "the same graph options");
    }

    @Test
    void whatCannotBeComparedIsSaidInALine() {
        String empty = temporary.toString();

        assertThat(CommandRun.of("report", "--compare", task("ioi")).complaints())
                .containsExactly(
                        "edgewise: --compare wants two directories, or none and two pairs of --scores and --sweep;"
                                + " got 1 directories and 0 pairs");
        assertThat(CommandRun.of("report", "--compare", task("ioi"), empty).complaints())
                .singleElement()
                .asString()
                .contains("got " + empty + ", which holds none of score");
        assertThat(CommandRun.of("report", "--compare", task("ioi"), empty + "/no")
                        .complaints())
                .singleElement()
                .asString()
                .contains("got " + empty + "/no, which isn't there");
        assertThat(CommandRun.of("report").complaints())
                .singleElement()
                .asString()
                .contains("A report wants --scores DIR and --sweep DIR");
    }
}
