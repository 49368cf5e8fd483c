package io.edgewise.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.metric.AnswerPlaces;
import io.edgewise.metric.AnswerValues;
import io.edgewise.metric.KlDivergence;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.AnswerKind;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptNeeds;
import io.edgewise.prompt.PromptSide;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The loss whose gradient is taken; AutoCircuit's {@code answer_function}. */
public enum AnswerFunction {
    /** The negative mean over prompts of (mean value at the answers - mean value at the wrong answers). */
    AVG_DIFF(AnswerKind.TOKENS) {
        @Override
        public UnaryOperator<NDArray> loss(PatchableModel model, PromptBatch batch) {
            AnswerPlaces right = AnswerPlaces.answers(model, batch);
            AnswerPlaces wrong = AnswerPlaces.wrongAnswers(model, batch);
            return values -> wrong.mean(values).sub(right.mean(values));
        }

        @Override
        Function<NDArray, double[]> losses(PatchableModel model, PromptBatch batch) {
            return values -> {
                PromptBatch runs = runs(batch, values);
                double[] right =
                        ofPrompts(runs, AnswerPlaces.answers(model, runs).means(values));
                double[] wrong =
                        ofPrompts(runs, AnswerPlaces.wrongAnswers(model, runs).means(values));
                Arrays.setAll(wrong, prompt -> wrong[prompt] - right[prompt]);
                return wrong;
            };
        }
    },
    /** The negative mean over prompts of the mean value at the answers. */
    AVG_VAL(AnswerKind.TOKENS) {
        @Override
        public UnaryOperator<NDArray> loss(PatchableModel model, PromptBatch batch) {
            AnswerPlaces right = AnswerPlaces.answers(model, batch);
            return values -> right.mean(values).neg();
        }

        @Override
        Function<NDArray, double[]> losses(PatchableModel model, PromptBatch batch) {
            return values -> {
                PromptBatch runs = runs(batch, values);
                double[] right =
                        ofPrompts(runs, AnswerPlaces.answers(model, runs).means(values));
                return Arrays.stream(right).map(value -> -value).toArray();
            };
        }
    },
    /** The mean squared error of the values against the answers, which are numbers; not negated. */
    MSE(AnswerKind.VALUES) {
        @Override
        public UnaryOperator<NDArray> loss(PatchableModel model, PromptBatch batch) {
            NDArray targets = AnswerValues.of(model, batch);
            return values -> {
                NDArray error = values.sub(targets);
                return error.mul(error).mean();
            };
        }

        @Override
        Function<NDArray, double[]> losses(PatchableModel model, PromptBatch batch) {
            return values -> {
                PromptBatch runs = runs(batch, values);
                return meanOfEach(values.sub(AnswerValues.of(model, runs)).square(), runs.size());
            };
        }
    },
    /**
     * The Kullback-Leibler divergence of the run's next-token distribution from the whole model's on the clean prompts, mean over prompts and
     * the positions of the output slice; not negated. Its gradient is 0 where nothing is patched.
     */
    KL_DIV(AnswerKind.UNUSED) {
        @Override
        public UnaryOperator<NDArray> loss(PatchableModel model, PromptBatch batch) {
            UnaryOperator<NDArray> divergence = divergence(model, batch);
            return logits -> divergence.apply(logits).mean();
        }

        @Override
        Function<NDArray, double[]> losses(PatchableModel model, PromptBatch batch) {
            UnaryOperator<NDArray> divergence = divergence(model, batch);
            return logits -> {
                Shape ofRun = logits.getShape().slice(1);
                NDArray byRun = logits.reshape(new Shape(-1, batch.size()).addAll(ofRun));
                return meanOfEach(divergence.apply(byRun), runs(batch, logits).size());
            };
        }

        private UnaryOperator<NDArray> divergence(PatchableModel model, PromptBatch batch) {
            return KlDivergence.from(model.logits(model.tokens(batch, PromptSide.CLEAN)));
        }
    };

    private final AnswerKind answers;

    AnswerFunction(AnswerKind answers) {
        this.answers = answers;
    }

    /** What it needs of prompts. */
    public PromptNeeds needs() {
        String option = "--answer-function " + name().toLowerCase(Locale.ROOT);
        return this == AVG_DIFF ? PromptNeeds.bothAnswers(option) : PromptNeeds.answers(answers, option);
    }

    /** The model with no more logits than this loss, and a count of right answers, read. */
    PatchableModel reading(GradFunction values, PatchableModel model, PromptBatch batch) {
        return values == GradFunction.LOGIT && answers == AnswerKind.TOKENS
                ? model.withOutputs(AnswerPlaces.tokens(batch))
                : model;
    }

    /** Makes one number of a batch's logits {@code [batch, seq?, vocabulary]}. */
    UnaryOperator<NDArray> loss(GradFunction values, PatchableModel model, PromptBatch batch) {
        UnaryOperator<NDArray> ofValues = loss(model, batch);
        return logits -> ofValues.apply(values.apply(logits));
    }

    /** Makes one number of a batch's values {@code [batch, seq?, vocabulary]}. */
    public abstract UnaryOperator<NDArray> loss(PatchableModel model, PromptBatch batch);

    /**
     * Makes one number for each prompt of a batch that was run several times at once: the mean over the prompts of a run is its {@link #loss}. The
     * values are {@code [run * batch, seq?, vocabulary]}, run by run.
     */
    abstract Function<NDArray, double[]> losses(PatchableModel model, PromptBatch batch);

    /** The prompts of all runs. */
    private static PromptBatch runs(PromptBatch batch, NDArray values) {
        int runs = Math.toIntExact(values.getShape().get(0) / batch.size());
        return batch.of(Collections.nCopies(runs, batch.pairs()).stream()
                .flatMap(List::stream)
                .toList());
    }

    /** The mean over the positions of each prompt. */
    private static double[] ofPrompts(PromptBatch batch, double[] byPosition) {
        int positions = byPosition.length / batch.size();
        double[] means = new double[batch.size()];
        for (int i = 0; i < byPosition.length; i++) {
            means[i / positions] += byPosition[i] / positions;
        }
        return means;
    }

    private static double[] meanOfEach(NDArray numbers, int prompts) {
        float[] rounded = numbers.reshape(prompts, -1).mean(new int[] {1}).toFloatArray();
        double[] means = new double[rounded.length];
        Arrays.setAll(means, prompt -> rounded[prompt]);
        return means;
    }
}
