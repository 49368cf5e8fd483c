package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.jobs.input.ScoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code score --method exact}. */
class ExactScoreTest {
    private static final Path GOLDENS = Path.of("../udfs/src/test/resources/goldens/tiny-gpt2")
            .toAbsolutePath()
            .normalize();

    @TempDir
    private Path temporary;

    @Test
    void itSaysHowLongItWillTakeAndPatchesEveryEdge() throws IOException {
        Path out = temporary.resolve("exact");
        Path events = temporary.resolve("events.jsonl");
        CommandRun run = exact(out, "--limit", "6", "--batch-size", "4", "--events", events.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("exact: patches 262 edges, each alone, on 6 prompts in 2 batches; about ")
                .contains("by the time of a forward pass");
        JsonNode manifest = ManifestFile.read(out.toString());
        assertThat(manifest.at("/options/method").asText()).isEqualTo("exact");
        assertThat(manifest.at("/exact/measured_edges").asInt()).isEqualTo(262);
        assertThat(manifest.at("/exact/estimated_seconds").asDouble()).isPositive();
        assertThat(manifest.at("/counts/prompts").asInt()).isEqualTo(6);
        assertThat(manifest.at("/counts/batches").asInt()).isEqualTo(2);
        assertThat(manifest.at("/task/prompts").asInt()).isEqualTo(6);
        assertThat(Files.readString(events)).contains("\"event\":\"estimate\"", "\"work\":\"exact\",\"done\":2");
        List<Row> edges = edges(out);
        // At the last position clean and corrupt prompts have the same token: the embedding changes nothing that the
        // last block writes there.
        assertThat(edges)
                .hasSize(262)
                .filteredOn(row -> !row.<String>getAs("source").equals("Resid Start"))
                .allMatch(row -> row.<Double>getAs("score") != 0);
        assertThat(edges.get(0).<Double>getAs("score")).isPositive();
        assertThat(edges.get(0).<Long>getAs("n_prompts")).isEqualTo(6);
    }

    /** Positions make 880 edges, which are two tasks' share of a batch. What prompts add comes from both. */
    @Test
    void errorsAreThoseOfAllEdgesHoweverTheWorkIsSpread() {
        Path alone = temporary.resolve("alone");
        Path sampled = temporary.resolve("sampled");
        CommandRun run = golden(alone);
        assertThat(run.status()).as(run.err()).isZero();
        run = golden(sampled, "--bootstrap", "20");
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode manifest = ManifestFile.read(alone.toString());
        assertThat(manifest.at("/graph/edges").asInt()).isEqualTo(880);
        assertThat(manifest.at("/counts/prompts").asInt()).isEqualTo(8);
        assertThat(manifest.at("/task/prompts").asInt()).isEqualTo(8);
        assertThat(alone.resolve(ScoreFile.NAME)).hasSameBinaryContentAs(sampled.resolve(ScoreFile.NAME));
        List<Row> edges = edges(sampled);
        assertThat(edges).hasSize(880);
        // Edges from positions before the first token that differs change nothing.
        assertThat(edges)
                .filteredOn(row -> row.<Double>getAs("standard_error") > 0)
                .hasSizeGreaterThan(440);
        for (Row row : edges) {
            double score = row.getAs("score");
            double error = row.getAs("standard_error");
            double middle = (row.<Double>getAs("low") + row.<Double>getAs("high")) / 2;
            assertThat(Math.abs(middle - score)).as("%s", row).isLessThanOrEqualTo(3 * error + 1e-6);
        }
    }

    private static CommandRun golden(Path out, String... options) {
        return CommandRun.of(CommandRun.with(
                new String[] {
                    "score",
                    "--method",
                    "exact",
                    "--model",
                    GOLDENS.resolve("model").toString(),
                    "--prompts",
                    GOLDENS.resolve("prompts.json").toString(),
                    "--batch-size",
                    "4",
                    "--seq-len",
                    "8",
                    "--out",
                    out.toString()
                },
                options));
    }

    @Tag("slow")
    @Test
    void onlyTheStrongestEdgesOfOtherScoresArePatched() {
        Path scores = temporary.resolve("scores");
        Path out = temporary.resolve("some");
        assertThat(CommandRun.of(CommandRun.ofIoi("score", scores, "--limit", "4"))
                        .status())
                .isZero();
        assertThat(exact(out, "--limit", "4", "--edges", "10%", "--scores", scores.toString())
                        .status())
                .isZero();
        JsonNode manifest = ManifestFile.read(out.toString());
        assertThat(manifest.at("/exact/measured_edges").asInt()).isEqualTo(26);
        assertThat(manifest.at("/options/edges").asText()).isEqualTo("26");
        assertThat(manifest.at("/options/scores").asText()).hasSize(64);
        List<String> strongest =
                edges(scores).stream().limit(26).map(ExactScoreTest::name).toList();
        assertThat(edges(out).stream()
                        .filter(row -> row.<Double>getAs("score") != 0)
                        .map(ExactScoreTest::name))
                .containsExactlyInAnyOrderElementsOf(strongest);
    }

    @Test
    void edgesAndScoresGoTogetherAndBelongToExactPatching() {
        Path out = temporary.resolve("none");
        assertThat(exact(out, "--edges", "10").complaints())
                .containsExactly(
                        "edgewise: --edges says how many of the strongest edges of --scores are patched: give both,"
                                + " or neither for all edges; got --edges alone");
        assertThat(CommandRun.of(CommandRun.ofIoi("score", out, "--edges", "10"))
                        .complaints())
                .containsExactly("edgewise: --edges and --scores belong to --method exact; give it, or leave them out");
        Path scores = temporary.resolve("random");
        assertThat(CommandRun.of(CommandRun.ofIoi("score", scores, "--limit", "2", "--method", "random"))
                        .status())
                .isZero();
        assertThat(exact(out, "--edges", "0", "--scores", scores.toString()).complaints())
                .containsExactly("edgewise: --edges wants 1 to 262 edges, got 0");
        assertThat(exact(out, "--edges", "all", "--scores", scores.toString()).complaints())
                .singleElement()
                .asString()
                .startsWith("edgewise: --edges wants one number of edges (100) or one share of them (1%), got ");
    }

    private static CommandRun exact(Path out, String... options) {
        return CommandRun.of(CommandRun.with(CommandRun.ofIoi("score", out, "--method", "exact"), options));
    }

    private static List<Row> edges(Path out) {
        return CommandRun.table(
                out.resolve("edges"), table -> table.orderBy("rank").collectAsList());
    }

    private static String name(Row row) {
        return row.getAs("source") + "->" + row.getAs("destination");
    }
}
