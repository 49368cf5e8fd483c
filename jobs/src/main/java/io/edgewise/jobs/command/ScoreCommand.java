package io.edgewise.jobs.command;

import io.edgewise.jobs.files.Output;
import io.edgewise.jobs.options.ExecutorOptions;
import io.edgewise.jobs.options.OutputOptions;
import io.edgewise.jobs.options.ScoreOptions;
import io.edgewise.jobs.run.JobRun;
import io.edgewise.jobs.score.ScoreJob;
import io.edgewise.jobs.score.ScoreText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code edgewise score}. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"edgewise score --model=URI --prompts=URI --out=URI [OPTIONS]"},
        description = {
            "Scores every edge of the model's graph: how much patching it changes the answer.",
            "",
            "Of each prompt pair the clean prompt shows the behaviour and the corrupt one doesn't. An edge's score is the gradient of the loss by the edge's mask, which goes from its activation on the clean prompt (0) to its ablation (1), summed over all prompts; positive: patching the edge lowers the answer, so the edge helps. --out gets edges/ (Parquet), prune_scores.safetensors, rejected/ and manifest.json. Score on some prompts and measure circuits on others: --limit here, --skip in sweep."
        },
        optionListHeading = "%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  edgewise score --model conf/demo/model \\",
            "    --prompts conf/demo/datasets/ioi.json --limit 128 \\",
            "    --out out/ioi-scores",
            "",
            "Integrated gradients tell more than the gradient at the clean run alone:",
            "",
            "  edgewise score --model conf/demo/model \\",
            "    --prompts conf/demo/datasets/ioi.json --limit 128 \\",
            "    --integrated-grad-samples 8 --out out/ioi-integrated"
        })
public final class ScoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ScoreOptions options;

    @Mixin
    private OutputOptions outputOptions;

    @Mixin
    private ExecutorOptions executors;

    @Override
    public Integer call() {
        ScoreJob job = options.job();
        Output output = outputOptions.output();
        PrintWriter out = spec.commandLine().getOut();
        JobRun.start(() -> executors.session("score"), output, job.manifest(), job::run)
                .ifPresent(result -> out.print(new ScoreText(result)));
        out.println(output.target());
        out.flush();
        return 0;
    }
}
