package io.edgewise.pipeline;

import io.edgewise.graph.ModelGraph;
import io.edgewise.model.torch.Hardware;
import io.edgewise.reduce.BatchNotes;
import io.edgewise.reduce.BatchSum;
import io.edgewise.score.mask.MaskState;
import io.edgewise.score.mask.MaskStep;
import io.edgewise.score.mask.MaskTraining;
import io.edgewise.score.mask.TrainingPoint;
import io.edgewise.spark.batch.TrainOnBatches;
import io.edgewise.spark.kept.KeptTraining;
import io.edgewise.spark.kept.KeptTraining.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * The job that trains masks. A step is a Spark stage over the step's batches; the driver holds numbers of the size of the edges, and takes the step.
 * What it has come to is kept from time to time, where an earlier run of the same training may have left it.
 *
 * @param keptAs the name of this training among those of the job
 * @param keepEvery how much time lies at least between two files that are kept
 */
public record TrainMasks(ModelGraph graph, MaskTraining training, BatchWork work, String keptAs, Duration keepEvery) {

    /**
     * Trains.
     *
     * @param validation prompts on which the faithfulness is measured after every epoch; null for none
     */
    public Progress execute(PromptBatches.Result prompts, PromptBatches.@Nullable Result validation) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(
                prompts.batches().sparkSession().sparkContext());
        Progress beginning = new Progress(training.begin(graph.edgeCount()), List.of());
        int length = beginning.state().theta().length;
        KeptTraining kept = work.keptIn() == null
                ? null
                : new KeptTraining(work.keptIn() + "/" + keptAs, hardware(context, prompts), length);
        Progress begun = kept == null ? beginning : kept.read().orElse(beginning);
        work.watch().resumed(batchesBefore(begun.state().step(), prompts.batchCount()));
        try (StepBatches batches = new StepBatches(prompts, work);
                StepBatches others = validation == null ? null : new StepBatches(validation, work)) {
            return new Training(context, prompts, batches, validation, others, kept).from(begun);
        }
    }

    private static String hardware(JavaSparkContext context, PromptBatches.Result prompts) {
        return new HardwareOfExecutors(prompts.model())
                .execute(context).stream().map(Hardware::kind).collect(Collectors.joining("; "));
    }

    private int batchesBefore(int step, int batches) {
        int epochs = step / training.stepsPerEpoch(batches);
        return epochs * batches + training.firstBatch(step, batches);
    }

    /** One training, step by step. */
    private final class Training {
        private final JavaSparkContext context;
        private final PromptBatches.Result prompts;
        private final StepBatches batches;
        private final PromptBatches.@Nullable Result validation;
        private final @Nullable StepBatches others;
        private final @Nullable KeptTraining kept;
        private BatchNotes notes = BatchNotes.NONE;

        Training(
                JavaSparkContext context,
                PromptBatches.Result prompts,
                StepBatches batches,
                PromptBatches.@Nullable Result validation,
                @Nullable StepBatches others,
                @Nullable KeptTraining kept) {
            this.context = context;
            this.prompts = prompts;
            this.batches = batches;
            this.validation = validation;
            this.others = others;
            this.kept = kept;
        }

        Progress from(Progress begun) {
            int count = prompts.batchCount();
            MaskState state = begun.state();
            List<TrainingPoint> curve = new ArrayList<>(begun.curve());
            Instant keptLast = Instant.now();
            while (state.step() < training.steps(count)) {
                BatchSum sum =
                        sum(state, training.firstBatch(state.step(), count), training.endBatch(state.step(), count));
                note(state.step(), sum.notes());
                MaskTraining.Taken taken = training.take(state, sum.values(), sum.prompts(), count);
                state = taken.state();
                boolean endsEpoch = state.step() % training.stepsPerEpoch(count) == 0;
                curve.add(
                        validation != null && endsEpoch
                                ? taken.point().validated(faithfulness(state, validation))
                                : taken.point());
                boolean isLast = state.step() == training.steps(count);
                if (kept != null
                        && (isLast || Duration.between(keptLast, Instant.now()).compareTo(keepEvery) >= 0)) {
                    kept.write(new Progress(state, curve));
                    keptLast = Instant.now();
                }
            }
            work.watch().noted(notes);
            return new Progress(state, curve);
        }

        /** The notes of a whole epoch are those of all batches; later epochs say the same again. */
        private void note(int step, BatchNotes more) {
            if (step < training.stepsPerEpoch(prompts.batchCount())) {
                notes = notes.with(more);
            }
        }

        private BatchSum sum(MaskState state, int first, int end) {
            String name = work.name() + ", step " + (state.step() + 1) + " of " + training.steps(prompts.batchCount());
            Broadcast<MaskStep> step = context.broadcast(training.next(state));
            try (StageNames names = StageNames.of(context, name)) {
                return batches.sum(
                        first,
                        end,
                        MaskStep.length(graph.edgeCount()),
                        new TrainOnBatches(prompts.model(), step, true));
            } finally {
                step.destroy();
            }
        }

        private double faithfulness(MaskState state, PromptBatches.Result there) {
            Broadcast<MaskStep> step = context.broadcast(training.next(state));
            try (StageNames names = StageNames.of(context, work.name() + ": validation")) {
                BatchSum sum = Objects.requireNonNull(others)
                        .sum(
                                0,
                                there.batchCount(),
                                MaskStep.length(graph.edgeCount()),
                                new TrainOnBatches(there.model(), step, false));
                return sum.values()[graph.edgeCount()] / sum.prompts();
            } finally {
                step.destroy();
            }
        }
    }
}
