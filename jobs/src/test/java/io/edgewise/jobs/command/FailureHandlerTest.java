package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FailureHandlerTest {
    private final StringWriter err = new StringWriter();
    private final CommandLine command = EdgewiseCommand.parser().setErr(new PrintWriter(err, true));
    private final FailureHandler failures = new FailureHandler(() -> false);

    @Test
    void aFailureIsOneLineWithItsCauseAndStatusOne() {
        Exception failure = new IllegalStateException("outer", new IOException("disk full\nand more"));
        assertThat(failures.handleExecutionException(failure, command, null)).isEqualTo(1);
        assertThat(err).hasToString("edgewise: Failed: IOException: disk full; --verbose shows where\n");
    }

    @Test
    void wrongInputThatAnExecutorFoundIsStatusTwo() {
        Exception failure =
                new SparkException("Job aborted", new RuntimeException(new InputException("No such file: x")));
        assertThat(failures.handleExecutionException(failure, command, null)).isEqualTo(2);
        assertThat(err).hasToString("edgewise: No such file: x\n");
    }

    @Test
    void whatAFileHoldsIsCutShortAndTellsTheTerminalNothing() {
        Exception failure = new InputException("has the tensor \u001b[31m\u2028x\u0085" + "y".repeat(1_000_000));
        assertThat(failures.handleExecutionException(failure, command, null)).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("edgewise: has the tensor \uFFFD[31m\uFFFDx\uFFFDyyy")
                .endsWith("yyy...\n")
                .hasSizeLessThan(2100);
    }

    @Test
    void aPlaceThatIsClosedToTheUserIsWrongInput() {
        Exception failure = new InputException(
                "Could not reach s3a://bucket/out",
                new AccessDeniedException("s3a://bucket/out", null, "getFileStatus: Forbidden (Service: Amazon S3)"));
        assertThat(failures.handleExecutionException(failure, command, null)).isEqualTo(2);
        assertThat(failures.handleExecutionException(
                        new UncheckedIOException(new AccessControlException("Permission denied: user=me")),
                        command,
                        null))
                .isEqualTo(2);
        assertThat(failures.handleExecutionException(
                        new UncheckedIOException(new UnknownStoreException("s3a://nosuch/.out.batches-1/_tries")),
                        command,
                        null))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "edgewise: Access denied: s3a://bucket/out; the credentials in use, if any, may not read or write it",
                        "edgewise: Permission denied: user=me",
                        "edgewise: No such bucket: s3a://nosuch");
    }

    @Test
    void credentialsInAnAddressAreNotPrinted() {
        Exception failure = new IllegalStateException("no s3a://key:sec/ret@bucket/model, nor hdfs://host:8020/a@b");
        failures.handleExecutionException(failure, command, null);
        assertThat(err.toString()).contains("no s3a://***@bucket/model, nor hdfs://host:8020/a@b");
    }

    /** As S3's connector has it. */
    private static final class UnknownStoreException extends PathIOException {
        UnknownStoreException(String path) {
            super(path, "The specified bucket does not exist");
        }
    }
}
