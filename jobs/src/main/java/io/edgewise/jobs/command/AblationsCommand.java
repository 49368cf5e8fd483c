package io.edgewise.jobs.command;

import io.edgewise.ablation.Ablation;
import io.edgewise.jobs.ablations.AblationsJob;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.input.PromptSelection;
import io.edgewise.jobs.input.Prompts;
import io.edgewise.jobs.options.AblationOptions;
import io.edgewise.jobs.options.ExecutorOptions;
import io.edgewise.jobs.options.GraphOptions;
import io.edgewise.jobs.options.ModelOption;
import io.edgewise.jobs.options.OutputOptions;
import io.edgewise.jobs.options.PromptOptions;
import io.edgewise.jobs.run.JobRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code edgewise ablations}. */
@Command(
        name = "ablations",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"edgewise ablations --model=URI --prompts=URI --out=URI [OPTIONS]"},
        description = {"Writes what ablated edges carry: the activations of each batch, or their mean over all prompts."
        },
        optionListHeading = "%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  edgewise ablations --model conf/demo/model \\",
            "    --prompts conf/demo/datasets/ioi.json --limit 32 \\",
            "    --ablation-type TOKENWISE_MEAN_CORRUPT --out out/ioi-mean"
        })
final class AblationsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOption model;

    @Mixin
    private PromptOptions prompts;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ExecutorOptions executors;

    @Mixin
    private AblationOptions ablationOptions;

    @Mixin
    private GraphOptions graph;

    @Override
    public Integer call() {
        Ablation ablation = ablationOptions.ablation();
        PromptSelection selection = prompts.scoring();
        ModelSetup setup = graph.setup(model.setup());
        Prompts.check(setup, selection);
        AblationsJob job = new AblationsJob(setup, selection, ablation);
        JobRun.start(() -> executors.session("ablations"), output.output(), job.manifest(), job::run);
        spec.commandLine().getOut().println(output.output().target());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
