package io.edgewise.jobs.command;

import io.edgewise.InputException;
import io.edgewise.jobs.files.Output;
import io.edgewise.jobs.files.OutputDirectory.IfThere;
import io.edgewise.jobs.options.NamedOptions;
import io.edgewise.jobs.options.StudyOptions;
import io.edgewise.jobs.run.Session;
import io.edgewise.spark.model.DeviceRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code edgewise demo}: finds the circuits of two tasks in the embedded model. Some prompts of a file score the edges; others measure the circuits.
 */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"edgewise demo [--out=DIR]"},
        description = {"Finds the circuits of two tasks in a small trained model and makes a report: start here."},
        optionListHeading = "%n",
        footerHeading = "%nExamples:%n",
        footer = {"  edgewise demo"})
final class DemoCommand implements Callable<Integer> {
    private static final List<String> TASKS = List.of("greaterthan", "ioi");
    private static final String DEFAULT_OUT = "out/demo";
    private static final NamedOptions DEFAULTS = NamedOptions.NONE
            .with("--limit", "128")
            .with("--batch-size", "64")
            .with("--integrated-grad-samples", "8")
            .with("--edge-counts", "all")
            .with("--controls", "10")
            .with(
                    "--metrics",
                    "faithfulness,answer_diff_percent,answer_diff,kl_div_clean,kl_div_corrupt,correct_answer_percent");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Directory for the results (default: " + DEFAULT_OUT + ", replaced if it is there).")
    private @Nullable String out;

    @Option(names = "--overwrite", description = "Replace the directory if it is there.")
    private boolean overwrite;

    @Option(
            names = "--demo-files",
            paramLabel = "DIR",
            description = "Where the model and the prompts are (default: conf/demo).")
    private @Nullable String demoFiles;

    @Option(
            names = "--device",
            defaultValue = "auto",
            paramLabel = "auto|cpu|gpu",
            description =
                    "Device to compute on; auto: the GPU that Spark gives a task, and the processor where it gives none"
                            + " (default: ${DEFAULT-VALUE}).")
    private DeviceRule device;

    @Override
    public Integer call() {
        Path files = demoFiles();
        String[] prompts = TASKS.stream()
                .map(task -> files.resolve("datasets/" + task + ".json").toString())
                .toArray(String[]::new);
        StudyOptions study = DEFAULTS.with("--model", files.resolve("model").toString())
                .with("--prompts", prompts)
                .with("--device", device.name())
                .fill(new StudyOptions());
        Output output = new Output(out == null ? DEFAULT_OUT : out, new IfThere(overwrite || out == null, false), null);
        StudyCommand.run(
                () -> Session.ofCommand("study"),
                study.job(),
                output,
                spec.commandLine().getOut());
        return 0;
    }

    private Path demoFiles() {
        String home = System.getenv("EDGEWISE_HOME");
        Path files = demoFiles != null ? Path.of(demoFiles) : Path.of(home == null ? "." : home, "conf", "demo");
        if (!Files.isDirectory(files.resolve("model"))) {
            throw new InputException(
                    "No demo model in " + files + "; run ./edgewise demo, or give --demo-files or EDGEWISE_HOME");
        }
        return files.toAbsolutePath().normalize();
    }
}
