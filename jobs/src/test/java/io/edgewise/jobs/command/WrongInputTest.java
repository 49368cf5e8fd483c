package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.util.VersionInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong options get one clear line, exit status 2, and leave nothing behind. */
class WrongInputTest {
    @TempDir
    private Path temporary;

    private WrongInput wrong;

    @BeforeEach
    void nameTheOutput() {
        wrong = new WrongInput(temporary);
    }

    @Test
    void anUnknownOptionValue() {
        wrong.refused("expected one of [LOGIT, PROB, LOGPROB, LOGIT_EXP]", wrong.score("--grad-function", "logits"));
    }

    @Test
    void aSequenceLengthThatIsNone() {
        wrong.refused(
                "Token positions (--seq-len) must be between 1 and 1000000, got 0", wrong.score("--seq-len", "0"));
    }

    @Test
    void paddingWithPositionsOrAWholeOutput() {
        wrong.refused("--pad and --seq-len don't go together", wrong.score("--pad", "--seq-len", "4"));
        wrong.refused("--pad wants --slice-output last_seq", wrong.score("--pad", "--slice-output", "none"));
        wrong.refused(
                "--tail-divergence wants --slice-output last_seq",
                wrong.score("--tail-divergence", "--slice-output", "none"));
    }

    @Test
    void aTypeThatCannotBeComputed() {
        wrong.refused(
                "expected one of [FLOAT32, BFLOAT16, FLOAT16] (case-insensitive) but was 'bfloat'",
                wrong.score("--dtype", "bfloat"));
    }

    @Test
    void aTimeThatIsNone() {
        wrong.refused(
                "got \"soon\"; wanted a time such as 90s, 10m or 2h", wrong.score("--wait-for-executors", "soon"));
        wrong.refused("got \"0\"; wanted a time", wrong.score("--wait-for-executors", "0"));
    }

    @Test
    void anUnknownOption() {
        wrong.refused("Unknown option", wrong.score("--grad-fn", "logit"));
    }

    @Test
    void maskValueTogetherWithIntegratedGradients() {
        wrong.refused("mutually exclusive", wrong.score("--mask-val", "0.5", "--integrated-grad-samples", "5"));
    }

    @Test
    void aMaskValueOutOfRange() {
        wrong.refused("--mask-val must be between 0 and 1, got 2.0", wrong.score("--mask-val", "2"));
    }

    @Test
    void aSideForAnAblationThatHasNone() {
        wrong.refused(
                "Ablation type ZERO has no side, got clean",
                wrong.score("--ablation-type", "ZERO", "--clean-corrupt", "clean"));
    }

    @Test
    void edgeAttributionPatchingAtAnotherMask() {
        wrong.refused(
                "is the mask gradient of the logits at mask 0",
                wrong.score("--method", "edge_attribution_patching", "--mask-val", "1"));
    }

    @Test
    void anOutputDirectoryThatIsThereStaysAsItWas() throws IOException {
        Files.createDirectories(wrong.out());
        Files.writeString(wrong.out().resolve("mine"), "precious");
        CommandRun run = CommandRun.of(wrong.score());
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.complaints()).singleElement().asString().contains("already there");
        assertThat(wrong.out().resolve("mine")).hasContent("precious");
        assertThat(wrong.siblings()).containsExactly("out");
    }

    @Test
    void aFailedOverwriteLeavesTheOldResults() throws IOException {
        Files.createDirectories(wrong.out());
        Files.writeString(wrong.out().resolve("mine"), "precious");
        String empty = wrong.file("prompts.json", "{\"prompts\": []}");
        CommandRun run = CommandRun.of(wrong.score("--overwrite", "--prompts", empty));
        assertThat(run.status()).isEqualTo(2);
        assertThat(wrong.out().resolve("mine")).hasContent("precious");
    }

    @Test
    void anOverwriteReplacesTheWholeDirectory() throws IOException {
        Files.createDirectories(wrong.out());
        Files.writeString(wrong.out().resolve("mine"), "old");
        assertThat(CommandRun.of(wrong.score("--overwrite", "--limit", "2")).status())
                .isZero();
        assertThat(wrong.out().resolve("mine")).doesNotExist();
        assertThat(wrong.out().resolve("_SUCCESS")).exists();
        assertThat(wrong.siblings()).containsExactly("out");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    s3a://bucket/model                      | that takes the connector org.apache.hadoop:hadoop-aws:VERSION; give spark-submit --packages org.apache.hadoop:hadoop-aws:VERSION
                    abfs://box@name.dfs.core.windows.net/m  | set EDGEWISE_PACKAGES=org.apache.hadoop:hadoop-azure:VERSION for ./edgewise
                    gs://bucket/model                       | gcs-connector; give spark-submit --jars JAR
                    s3://bucket/model                       | Hadoop's addresses of S3 begin with s3a://
                    nosuch://bucket/model                   | no file system that Hadoop knows has that name
                    s3a://key:se/cret@bucket/model          | An address may not hold credentials, got s3a://***@bucket/model
                    """)
    void aStoreThatCannotBeReached(String place, String message) {
        String told = message.replace("VERSION", VersionInfo.getVersion());
        wrong.refused(told, wrong.score("--model", place));
        wrong.refused(told, wrong.score("--prompts", place));
        wrong.refused(told, wrong.score("--limit", "2", "--out", place));
        wrong.refused(told, wrong.sweep(Path.of("unused"), "--scores", place));
    }
}
