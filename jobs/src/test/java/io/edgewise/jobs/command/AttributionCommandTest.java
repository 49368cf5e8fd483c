package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.jobs.input.ScoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Edge attribution patching's relatives, as {@code score --method} runs them. */
class AttributionCommandTest {
    @TempDir
    private Path temporary;

    @ParameterizedTest
    @CsvSource({
        "eap_ig_inputs, ig-steps, 5",
        "eap_ig_activations, ig-steps, 5",
        "clean_corrupted, ablation-type, RESAMPLE",
        "ceap, ig-steps, 5",
        "atp_star, answer-function, avg_diff",
        "relp, relp-rules, 'ln_rule,identity_rule,half_rule'",
        "information_flow_routes, method, information_flow_routes",
    })
    void everyMethodScores(String method, String option, String value) throws IOException {
        Path out = temporary.resolve("scores");
        CommandRun.done(CommandRun.ofIoi(
                "score", out, "--limit", "9", "--batch-size", "4", "--method", method, "--bootstrap", "8"));
        JsonNode options = new ObjectMapper()
                .readTree(out.resolve("manifest.json").toFile())
                .get("options");
        assertThat(options.get("method").asText()).isEqualTo(method);
        assertThat(options.get(option).asText()).isEqualTo(value);
        long scored = CommandRun.table(out.resolve("edges"), table -> table.where("score != 0 and standard_error > 0")
                .count());
        assertThat(scored).isGreaterThan(200);
    }

    @Test
    void theSameBitsOnOneAndTwoCores() throws IOException {
        byte[][] scores = new byte[2][];
        for (int cores = 1; cores <= 2; cores++) {
            Path out = temporary.resolve("on-" + cores);
            CommandRun run = CommandRun.on(
                    "local[" + cores + "]",
                    CommandRun.ofIoi("score", out, "--limit", "9", "--batch-size", "4", "--method", "ceap"));
            assertThat(run.status()).as(run.err()).isZero();
            scores[cores - 1] = Files.readAllBytes(out.resolve(ScoreFile.NAME));
        }
        assertThat(scores[0]).isEqualTo(scores[1]);
    }

    @ParameterizedTest
    @CsvSource({
        "eap_ig_inputs, --ablation-type, ZERO, 'give --ablation-type RESAMPLE, got ZERO'",
        "ceap, --ig-steps, 0, '--ig-steps must be at least 1, got 0'",
        "atp_star, --separate-qkv, false, 'give --separate-qkv true'",
        "eap_ig_activations, --factorized, false, 'give --factorized true'",
        "relp, --answer-function, kl_div, '--answer-function kl_div has no gradient on the clean prompts'",
        "mask_gradient, --answer-function, kl_div, '--answer-function kl_div has no gradient at mask 0'",
    })
    void whatIsNotDefinedIsRefused(String method, String option, String value, String message) {
        Path out = temporary.resolve("refused");
        CommandRun run = CommandRun.of(CommandRun.ofIoi("score", out, "--method", method, option, value));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(out).doesNotExist();
    }
}
