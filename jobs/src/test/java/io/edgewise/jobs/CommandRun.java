package io.edgewise.jobs;

import static org.assertj.core.api.Assertions.assertThat;

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
record CommandRun(int status, String out, String err) {
    static final String MODEL = demo("model").toString();
    static final String GREATER_THAN = demo("datasets/greaterthan.json").toString();
    static final String IOI = demo("datasets/ioi.json").toString();

    static Path demo(String file) {
        return Path.of("../conf/demo").resolve(file).toAbsolutePath().normalize();
    }

    /** Runs on two local cores. */
    static CommandRun of(String... args) {
        return on("local[2]", args);
    }

    static String[] with(String[] arguments, String... more) {
        return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
    }

    /** Runs a command that has to end well. */
    static void done(String... args) {
        CommandRun run = of(args);
        assertThat(run.status()).as(run.err()).isZero();
    }

    static CommandRun on(String master, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stdout = System.out;
        PrintStream stderr = System.err;
        System.setProperty("spark.master", master);
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int status = Main.run(args);
            return new CommandRun(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(stdout);
            System.setErr(stderr);
            System.clearProperty("spark.master");
        }
    }

    /** The lines that the command itself wrote to stderr. */
    List<String> complaints() {
        return err.lines().filter(line -> line.startsWith("edgewise: ")).toList();
    }

    /** Reads a table that a command wrote. */
    static <T> T table(Path directory, Function<Dataset<Row>, T> question) {
        System.setProperty("spark.master", "local[2]");
        try (Session session = Session.forJob("test")) {
            return question.apply(session.spark().read().parquet(directory.toString()));
        } finally {
            System.clearProperty("spark.master");
        }
    }
}
