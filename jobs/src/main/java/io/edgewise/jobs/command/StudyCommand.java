package io.edgewise.jobs.command;

import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.jobs.files.Output;
import io.edgewise.jobs.options.ExecutorOptions;
import io.edgewise.jobs.options.OutputOptions;
import io.edgewise.jobs.options.StudyOptions;
import io.edgewise.jobs.run.JobRun;
import io.edgewise.jobs.run.Session;
import io.edgewise.jobs.study.StudyJob;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code edgewise study}. */
@Command(
        name = "study",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"edgewise study --model=URI --prompts=URI... --out=URI [OPTIONS]"},
        description = {
            "Finds the circuit of each task: scores edges on some prompts, measures circuits on the others, and reports.",
            "",
            "Each --prompts is a task. --split says how large a share of its prompts scores edges (default: 0.5); with --limit N instead, the first N prompts after --skip do, and the N after those measure. --out gets TASK/METHOD/score and TASK/METHOD/sweep, as score and sweep write them, report.html and manifest.json; with several methods, methods/ compares them. A study that was stopped goes on with --resume."
        },
        optionListHeading = "%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  edgewise study --model conf/demo/model \\",
            "    --prompts conf/demo/datasets/ioi.json \\",
            "    --prompts conf/demo/datasets/greaterthan.json --out out/study",
            "",
            "Two methods side by side:",
            "",
            "  edgewise study --model conf/demo/model \\",
            "    --prompts conf/demo/datasets/ioi.json --limit 128 \\",
            "    --method mask_gradient --method activation_magnitude \\",
            "    --out out/methods"
        })
final class StudyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyOptions options;

    @Mixin
    private OutputOptions outputOptions;

    @Mixin
    private ExecutorOptions executors;

    @Override
    public Integer call() {
        run(
                () -> executors.session("study"),
                options.job(),
                outputOptions.output(),
                spec.commandLine().getOut());
        return 0;
    }

    /** Does a study and prints its headlines, also where the study was complete already. */
    static void run(Supplier<Session> spark, StudyJob job, Output output, PrintWriter out) {
        JobRun.start(spark, output.inParts(), job.manifest(), job::run);
        ManifestFile.read(output.uri()).path(StudyJob.HEADLINES).forEach(headline -> out.println(headline.asText()));
        out.println("Report: " + output.target() + "/report.html");
        out.flush();
    }
}
