package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.jobs.input.ScoreFile;
import java.nio.file.Path;
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
        String[] arguments = {
            "score",
            "--model",
            CommandRun.MODEL,
            "--prompts",
            CommandRun.IOI,
            "--limit",
            "30",
            "--batch-size",
            "4",
            "--out",
            out.toString()
        };
        CommandRun run = CommandRun.on(master, CommandRun.with(arguments, options));
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
                "score",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                CommandRun.IOI,
                "--method",
                "random",
                "--bootstrap",
                "5",
                "--out",
                temporary.resolve("random").toString());
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.complaints())
                .containsExactly(
                        "edgewise: --bootstrap wants a --method that can say what each prompt adds to a score, got"
                                + " random; give mask_gradient, edge_attribution_patching or activation_magnitude, or leave"
                                + " --bootstrap out");
    }
}
