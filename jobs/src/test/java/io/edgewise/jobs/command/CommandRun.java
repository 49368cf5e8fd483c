package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.run.Session;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the command did, run in this JVM as {@code main} runs it. */
public record CommandRun(int status, String out, String err) {
    public static final String MODEL = demo("model").toString();
    public static final String GREATER_THAN = demo("datasets/greaterthan.json").toString();
    public static final String IOI = demo("datasets/ioi.json").toString();

    public static Path demo(String file) {
        return Path.of("../conf/demo").resolve(file).toAbsolutePath().normalize();
    }

    /** Runs on two local cores. */
    public static CommandRun of(String... args) {
        return on("local[2]", args);
    }

    public static String[] with(String[] arguments, String... more) {
        return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
    }

    /** The arguments of a command that works on the demo's model and IOI prompts. */
    public static String[] ofIoi(String command, Path out, String... options) {
        return with(new String[] {command, "--model", MODEL, "--prompts", IOI, "--out", out.toString()}, options);
    }

    /** Runs a command that has to end well. */
    public static void done(String... args) {
        CommandRun run = of(args);
        assertThat(run.status()).as(run.err()).isZero();
    }

    public static CommandRun on(String master, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stdout = System.out;
        PrintStream stderr = System.err;
        SharedSpark.on(master);
        System.setProperty("spark.master", master);
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int status = EdgewiseCommand.run(args);
            return new CommandRun(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(stdout);
            System.setErr(stderr);
            System.clearProperty("spark.master");
        }
    }

    /** The lines that the command itself wrote to stderr. */
    public List<String> complaints() {
        return err.lines().filter(line -> line.startsWith("edgewise: ")).toList();
    }

    /** Reads a table that a command wrote. */
    public static <T> T table(Path directory, Function<Dataset<Row>, T> question) {
        SharedSpark.on("local[2]");
        System.setProperty("spark.master", "local[2]");
        try (Session session = Session.ofCommand("test")) {
            return question.apply(session.spark().read().parquet(directory.toString()));
        } finally {
            System.clearProperty("spark.master");
        }
    }
}
