package io.edgewise.jobs.score;

import io.edgewise.ablation.AblationActivations;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.input.PromptSelection;
import io.edgewise.jobs.input.Prompts;
import io.edgewise.jobs.results.TrainingTable;
import io.edgewise.jobs.run.JobRun;
import io.edgewise.pipeline.BatchWork;
import io.edgewise.pipeline.CheckTask;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.pipeline.TrainMasks;
import io.edgewise.prompt.AnswerKind;
import io.edgewise.score.PruneScores;
import io.edgewise.spark.batch.PieceSizes;
import io.edgewise.spark.kept.KeptTraining.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The scores of masks that are trained, and the table {@code training/} of how that went. */
record TrainedScores(ModelSetup model, PromptSelection selection, LearnedMasks settings) {
    private static final Duration KEEP_EVERY = Duration.ofSeconds(5);

    PruneScores execute(JobRun run, PromptBatches.Result prompts, PieceSizes sizes) {
        if (settings.validation().isEmpty()) {
            return execute(run, prompts, null, sizes);
        }
        PromptSelection others = selection.whole(settings.validation());
        try (PromptBatches.Result validation = Prompts.batches(run.spark(), model, others, settings.needs())) {
            return execute(run, prompts, validation, sizes);
        }
    }

    private PruneScores execute(
            JobRun run, PromptBatches.Result prompts, PromptBatches.@Nullable Result validation, PieceSizes sizes) {
        if (settings.needs().answers() == AnswerKind.TOKENS) {
            run.onBatches("task", prompts, sizes, work -> new CheckTask(work).execute(prompts));
        }
        AblationActivations ablation = run.ablation(model, settings.ablation(), prompts);
        List<LearnedMasks.Part> parts = settings.parts(model.graph(), ablation);
        int runs = parts.stream()
                .mapToInt(part -> part.training().steps(prompts.batchCount()))
                .sum();
        List<TrainingTable.Curve> curves = new ArrayList<>();
        List<double[]> trained = run.onBatches("training", prompts, runs, sizes, work -> parts.stream()
                .map(part -> trained(part, work, prompts, validation, curves))
                .toList());
        run.table("training", TrainingTable.of(run.spark(), curves));
        return PruneScores.of(model.graph(), settings.scores(trained));
    }

    private double[] trained(
            LearnedMasks.Part part,
            BatchWork work,
            PromptBatches.Result prompts,
            PromptBatches.@Nullable Result validation,
            List<TrainingTable.Curve> curves) {
        String name = part.circuitSize() == null ? "masks" : "masks-" + part.circuitSize();
        Progress done =
                new TrainMasks(model.graph(), part.training(), work, name, KEEP_EVERY).execute(prompts, validation);
        curves.add(new TrainingTable.Curve(part.circuitSize(), done.curve()));
        return part.training().scores(done.state());
    }
}
