package io.edgewise.jobs.command;

import io.edgewise.jobs.files.Output;
import io.edgewise.jobs.options.ExecutorOptions;
import io.edgewise.jobs.options.OutputOptions;
import io.edgewise.jobs.options.SweepOptions;
import io.edgewise.jobs.run.JobRun;
import io.edgewise.jobs.sweep.SweepJob;
import io.edgewise.jobs.sweep.SweepText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code edgewise sweep}. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"edgewise sweep --model=URI --prompts=URI --scores=URI --out=URI [OPTIONS]"},
        description = {
            "Runs circuits of several sizes, chosen by scores, and measures how much of the behaviour they keep.",
            "",
            "A circuit of k edges is the k edges with the highest scores; all others are ablated. --out gets measurements/ (one row per circuit and metric, with a 95%% interval over the choice of prompts), areas/, circuits/ and answers/ (Parquet), rejected/ and manifest.json."
        },
        optionListHeading = "%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  edgewise sweep --model conf/demo/model \\",
            "    --prompts conf/demo/datasets/ioi.json --skip 128 --limit 128 \\",
            "    --scores out/ioi-scores --out out/ioi-sweep",
            "",
            "Other sizes, another metric, and a drawing for a paper:",
            "",
            "  edgewise sweep --model conf/demo/model \\",
            "    --prompts conf/demo/datasets/ioi.json --skip 128 --limit 128 \\",
            "    --scores out/ioi-scores --edge-counts 0,5%%,10%%,262 \\",
            "    --metrics kl_div_clean --render-graph out/ioi.svg --out out/ioi-kl"
        })
public final class SweepCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SweepOptions options;

    @Mixin
    private OutputOptions outputOptions;

    @Mixin
    private ExecutorOptions executors;

    @Override
    public Integer call() {
        Output output = outputOptions.output();
        SweepJob job = options.job(output.ifThere().overwrites());
        SweepJob.Plan plan = job.plan();
        PrintWriter out = spec.commandLine().getOut();
        JobRun.start(() -> executors.session("sweep"), output, job.manifest(plan), run -> job.run(run, plan))
                .ifPresent(result -> out.print(new SweepText(result)));
        out.println(output.target());
        out.flush();
        return 0;
    }
}
