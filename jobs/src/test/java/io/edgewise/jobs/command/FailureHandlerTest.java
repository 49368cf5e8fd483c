package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
}
