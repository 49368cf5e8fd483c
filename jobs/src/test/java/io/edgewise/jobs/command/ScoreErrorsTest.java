package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.jobs.input.ScoreFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far scores can be believed, as {@code score --bootstrap} says it. */
class ScoreErrorsTest {
    private static final List<String> TABLES = List.of("edges", "inclusion", "stability");

    @TempDir
    private static Path temporary;

    private static Path scored;

    @BeforeAll
    static void score() {
        scored = score("local[2]", "scored", "--bootstrap", "40");
    }

    private static Path score(String master, String name, String... options) {
        Path out = temporary.resolve(name);
        String[] all = List.of(options).contains("--limit") ? options : CommandRun.with(options, "--limit", "30");
        String[] arguments = CommandRun.ofIoi("score", out, "--batch-size", "4");
        CommandRun run = CommandRun.on(master, CommandRun.with(arguments, all));
        assertThat(run.status()).as(run.err()).isZero();
        return out;
    }

    private static List<Row> rows(Path directory, String table) {
        return CommandRun.table(directory.resolve(table), Dataset::collectAsList);
    }

    @Test
    void everyBitIsTheSameOnOtherPartitions() {
        Path other = score("local[1]", "other", "--bootstrap", "40");
        for (String table : TABLES) {
            assertThat(rows(other, table)).as(table).isEqualTo(rows(scored, table));
        }
    }

    @Test
    void scoresKeepTheirBits() {
        Path plain = score("local[2]", "plain");
        assertThat(plain.resolve(ScoreFile.NAME)).hasSameBinaryContentAs(scored.resolve(ScoreFile.NAME));
        assertThat(plain.resolve("inclusion")).doesNotExist();
        assertThat(rows(plain, "edges").get(0).schema().fieldNames()).doesNotContain("standard_error");
    }

    @Test
    void anEdgesErrorsGoTogether() {
        List<Row> edges = rows(scored, "edges");
        assertThat(edges).hasSize(262);
        double all = 0;
        for (Row edge : edges) {
            double score = edge.getAs("score");
            double low = edge.getAs("low");
            double high = edge.getAs("high");
            double consistency = edge.getAs("sign_consistency");
            assertThat(low).isLessThanOrEqualTo(high);
            assertThat(consistency).isBetween(0.0, 1.0);
            if (low > 0 || high < 0) {
                assertThat(consistency).isGreaterThanOrEqualTo(0.95);
                assertThat(Math.signum(score)).isEqualTo(Math.signum(low));
            }
            all += edge.<Double>getAs("mean_rank");
        }
        assertThat(all).as("every replicate ranks all edges").isCloseTo(262 * 263 / 2.0, within(1e-6));
        Row first = edges.stream()
                .filter(edge -> edge.<Integer>getAs("rank") == 1)
                .findFirst()
                .orElseThrow();
        assertThat(Math.abs(first.<Double>getAs("score")))
                .isGreaterThan(2 * first.<Double>getAs("standard_error"))
                .isLessThan(100 * first.<Double>getAs("standard_error"));
    }

    @Test
    void aCircuitsSharesAddUpToItsSize() {
        Map<Integer, Double> shares = rows(scored, "inclusion").stream()
                .collect(Collectors.groupingBy(
                        row -> row.<Integer>getAs("requested_edges"),
                        Collectors.summingDouble(row -> row.<Double>getAs("share"))));
        List<Row> stability = rows(scored, "stability");
        assertThat(stability).hasSizeGreaterThan(10);
        for (Row row : stability) {
            int size = row.getAs("requested_edges");
            assertThat(shares.get(size)).isCloseTo(size, within(1e-9));
            assertThat(row.<Double>getAs("mean_jaccard"))
                    .isBetween(row.<Double>getAs("low"), row.<Double>getAs("high"));
        }
        Row whole = stability.get(stability.size() - 1);
        assertThat(whole.<Integer>getAs("requested_edges")).isEqualTo(262);
        assertThat(whole.<Double>getAs("mean_jaccard")).isOne();
    }

    @Test
    void aMethodThatCannotTellWhatPromptsAddIsRefused() {
        CommandRun run = CommandRun.of(
                CommandRun.ofIoi("score", temporary.resolve("random"), "--method", "random", "--bootstrap", "5"));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.complaints())
                .containsExactly(
                        "edgewise: --bootstrap wants a --method that can say what each prompt adds to a score, got"
                                + " random; give mask_gradient, edge_attribution_patching, activation_magnitude or exact, or leave it out");
    }

    /** Prompts of two kinds in one file: their scores in one pass are those of two passes, and edges that differ are told. */
    @Test
    void groupsAreScoredInTheSamePass() throws IOException {
        List<ObjectNode> prompts = new ArrayList<>();
        for (String task : List.of("ioi", "greaterthan")) {
            for (ObjectNode prompt : DemoPrompts.first(task, 12)) {
                prompts.add(prompt.put("task", task));
            }
        }
        Path file = DemoPrompts.write(prompts, temporary.resolve("two-tasks.json"));
        String[] arguments = {"score", "--model", CommandRun.MODEL, "--batch-size", "5", "--prompts"};
        Path grouped = temporary.resolve("grouped");
        CommandRun.done(CommandRun.with(arguments, file.toString(), "--group-by", "task", "--out", grouped.toString()));

        List<Row> groups = rows(grouped, "groups");
        assertThat(groups).hasSize(2 * 262);
        for (String task : List.of("ioi", "greaterthan")) {
            Path ofTask = DemoPrompts.write(DemoPrompts.first(task, 12), temporary.resolve(task + ".json"));
            Path alone = temporary.resolve("alone-" + task);
            CommandRun.done(
                    CommandRun.with(arguments, ofTask.toString(), "--bootstrap", "1", "--out", alone.toString()));
            List<Row> edges = rows(alone, "edges");
            List<Row> ofGroup = groups.stream()
                    .filter(row -> row.getAs("group").equals(task))
                    .toList();
            double largest = edges.stream()
                    .mapToDouble(row -> Math.abs(row.<Double>getAs("score")))
                    .max()
                    .orElseThrow();
            for (int edge = 0; edge < 262; edge++) {
                // The unit is that of all 24 prompts.
                assertThat(ofGroup.get(edge).<Double>getAs("score"))
                        .isCloseTo(2 * edges.get(edge).<Double>getAs("score"), within(1e-5 * largest));
                assertThat(ofGroup.get(edge).<Double>getAs("standard_error"))
                        .isCloseTo(2 * edges.get(edge).<Double>getAs("standard_error"), within(1e-5 * largest));
                assertThat(ofGroup.get(edge).<Long>getAs("n_prompts")).isEqualTo(12);
            }
        }
        List<Row> differences = rows(grouped, "group_differences");
        assertThat(differences).hasSizeBetween(1, 261);
        assertThat(differences).allSatisfy(row -> {
            assertThat(row.<String>getAs("group_a")).isEqualTo("greaterthan");
            assertThat(row.<String>getAs("group_b")).isEqualTo("ioi");
            assertThat(row.<Double>getAs("p_value")).isLessThanOrEqualTo(row.<Double>getAs("q_value"));
            assertThat(row.<Double>getAs("q_value")).isLessThanOrEqualTo(0.05);
            assertThat(Math.abs(row.<Double>getAs("difference"))).isGreaterThan(row.<Double>getAs("standard_error"));
        });
    }

    @Test
    void aFieldThatNoPromptHasIsRefused() {
        CommandRun run = CommandRun.of(
                CommandRun.ofIoi("score", temporary.resolve("no-field"), "--limit", "4", "--group-by", "template"));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.complaints())
                .singleElement()
                .asString()
                .startsWith("edgewise: --group-by template wants a field with 1 to 20 different values, got 0 in ");
    }

    /** The mean over one prompt is the prompt itself, but for rounding. */
    @Test
    void scoresThatAreRoundingAreCalledSo() {
        Path out = score("local[2]", "rounding", "--limit", "1", "--ablation-type", "TOKENWISE_MEAN_CLEAN");
        String doubts =
                ManifestFile.read(out.toString()).at("/self_check/doubts").toString();
        assertThat(doubts).containsAnyOf("which is rounding: so are the scores", "all scores are zero");
    }
}
