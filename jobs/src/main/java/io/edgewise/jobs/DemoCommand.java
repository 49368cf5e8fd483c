package io.edgewise.jobs;

import io.edgewise.InputException;
import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationType;
import io.edgewise.circuit.EdgeCounts;
import io.edgewise.circuit.Measurement;
import io.edgewise.circuit.PatchType;
import io.edgewise.jobs.files.GivenScores;
import io.edgewise.jobs.files.ModelFiles;
import io.edgewise.jobs.files.ModelSetup;
import io.edgewise.jobs.files.OutputDirectory;
import io.edgewise.jobs.files.PromptSelection;
import io.edgewise.metric.CircuitMetric;
import io.edgewise.prompt.BosRule;
import io.edgewise.prompt.PromptSide;
import io.edgewise.score.AnswerFunction;
import io.edgewise.score.GradFunction;
import io.edgewise.score.MaskValue;
import io.edgewise.score.PruneScores;
import io.edgewise.score.Ranking;
import io.edgewise.spark.DeviceRule;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code edgewise demo}: finds the circuits of two tasks in the embedded model. The first prompts of a file score the
 * edges; others measure the circuits.
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
    private static final int BATCH_SIZE = 64;
    private static final long PROMPTS = 128;
    private static final int SAMPLES = 8;
    private static final List<CircuitMetric> METRICS = Stream.of(
                    "answer_diff_percent", "answer_diff", "kl_div_clean", "kl_div_corrupt", "correct_answer_percent")
            .map(name -> CircuitMetric.named(name).orElseThrow())
            .toList();

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
            description = "What computes; auto: the GPU that Spark gives a task, and the processor where it gives none"
                    + " (default: ${DEFAULT-VALUE}).")
    private DeviceRule device;

    @Override
    public Integer call() {
        Path files = demoFiles();
        ModelSetup model =
                ModelSetup.of(ModelFiles.open(files.resolve("model"))).on(device);
        PrintWriter result = spec.commandLine().getOut();
        try (OutputDirectory all = OutputDirectory.open(
                        out == null ? DEFAULT_OUT : out,
                        "demo",
                        new OutputDirectory.IfThere(overwrite || out == null, false));
                Session session = Session.forJob("demo")) {
            List<StudyFiles> studies = new ArrayList<>();
            for (String task : TASKS) {
                String prompts = files.resolve("datasets/" + task + ".json").toString();
                result.println(run(session.spark(), model, task, prompts, all));
                studies.add(new StudyFiles(task, all.child(task + "/score"), all.child(task + "/sweep")));
            }
            all.write("report.html", ReportCommand.page(session.spark(), studies));
            all.complete();
            result.println("Report: " + all.target() + "/report.html");
        }
        result.flush();
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

    private static String run(SparkSession spark, ModelSetup model, String task, String prompts, OutputDirectory all) {
        ScoreSettings settings = new ScoreSettings.Gradient(
                GradFunction.LOGIT,
                AnswerFunction.AVG_DIFF,
                new MaskValue.IntegratedGradients(SAMPLES),
                Ablation.of(AblationType.RESAMPLE, PromptSide.CORRUPT));
        String scores = all.child(task + "/score");
        ScoreJob score = new ScoreJob(model, selection(prompts, 0), settings);
        JobRun.within(spark, score.manifest(), scores, score::run);
        SweepSettings everySize = new SweepSettings(
                EdgeCounts.Rule.ALL,
                Ranking.ABSOLUTE,
                PatchType.TREE_PATCH,
                AblationType.RESAMPLE,
                false,
                SweepMetrics.of(METRICS),
                SweepProducts.DEFAULT);
        SweepJob sweep = new SweepJob(model, selection(prompts, PROMPTS), GivenScores.of(scores), everySize);
        SweepJob.Plan plan = sweep.plan();
        SweepJob.Result swept =
                JobRun.within(spark, sweep.manifest(plan), all.child(task + "/sweep"), run -> sweep.run(run, plan));
        return sentence(task, plan.scores(), swept.measurements());
    }

    private static PromptSelection selection(String prompts, long skip) {
        return new PromptSelection(List.of(prompts), BATCH_SIZE, skip, PROMPTS, null, BosRule.AUTO, false, false, 0);
    }

    private static String sentence(String task, PruneScores scores, List<Measurement> measurements) {
        Headline headline = Headline.of(Headline.kept(measurements), scores.size());
        int[] ranking = scores.ranking();
        String edges = IntStream.range(0, headline.chosenEdges())
                .mapToObj(rank -> scores.graph().edge(ranking[rank]).name())
                .collect(Collectors.joining(", "));
        return task + ": " + headline + ", on " + PROMPTS + " prompts that scored nothing\n  " + edges;
    }
}
