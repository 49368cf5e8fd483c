package io.edgewise.score.mask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.metric.AnswerPlaces;
import io.edgewise.metric.KlDivergence;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.AnswerKind;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptNeeds;
import io.edgewise.score.AnswerFunction;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** How far a circuit's output is from what is wanted, which training makes small; AutoCircuit's {@code faithfulness_target}. */
public enum FaithfulnessTarget {
    /** The Kullback-Leibler divergence from the model's own output on the clean prompts, mean over prompts and positions. */
    KL_DIV(AnswerKind.UNUSED) {
        @Override
        UnaryOperator<NDArray> loss(PatchableModel model, PromptBatch batch, Supplier<NDArray> clean) {
            UnaryOperator<NDArray> divergence = KlDivergence.from(clean.get());
            return logits -> divergence.apply(logits).mean();
        }
    },
    /** The mean squared error of the logits against answers that are numbers. */
    MSE(AnswerKind.VALUES) {
        @Override
        UnaryOperator<NDArray> loss(PatchableModel model, PromptBatch batch, Supplier<NDArray> clean) {
            return AnswerFunction.MSE.loss(model, batch);
        }
    },
    /** The negative mean logit of the answers. */
    ANSWER(AnswerKind.TOKENS) {
        @Override
        UnaryOperator<NDArray> loss(PatchableModel model, PromptBatch batch, Supplier<NDArray> clean) {
            return AnswerFunction.AVG_VAL.loss(model, batch);
        }
    },
    /** The negative mean logit of the wrong answers, whose circuit it finds. */
    WRONG_ANSWER(AnswerKind.TOKENS) {
        @Override
        UnaryOperator<NDArray> loss(PatchableModel model, PromptBatch batch, Supplier<NDArray> clean) {
            AnswerPlaces wrong = AnswerPlaces.wrongAnswers(model, batch);
            return logits -> wrong.mean(logits).neg();
        }
    },
    /** How far the difference of the answers' logits is from the model's own, in percent of that, mean over prompts and positions. */
    LOGIT_DIFF_PERCENT(AnswerKind.TOKENS) {
        @Override
        UnaryOperator<NDArray> loss(PatchableModel model, PromptBatch batch, Supplier<NDArray> clean) {
            AnswerDifferences differences = AnswerDifferences.of(model, batch);
            NDArray whole = differences.of(clean.get());
            NDArray percent = model.create(new float[] {100}, new Shape());
            return logits -> percent.sub(differences.of(logits).div(whole).mul(percent))
                    .abs()
                    .mean();
        }
    },
    /** The share of prompts and positions at which an answer is the likeliest token. It has no gradient: only the circuit's size is trained. */
    CORRECT_PERCENT(AnswerKind.TOKENS) {
        @Override
        UnaryOperator<NDArray> loss(PatchableModel model, PromptBatch batch, Supplier<NDArray> clean) {
            AnswerPlaces right = AnswerPlaces.answers(model, batch);
            return logits -> scaled(logits.sum(), 0, likeliest(right, logits.stopGradient()));
        }

        private double likeliest(AnswerPlaces right, NDArray logits) {
            long[] chosen = logits.argMax(-1).toLongArray();
            long[] places = right.places().toLongArray();
            long vocabulary = logits.getShape().get(logits.getShape().dimension() - 1);
            int next = 0;
            int hits = 0;
            for (int row = 0; row < chosen.length; row++) {
                for (int i = 0; i < right.counts().get(row); i++) {
                    hits += places[next++] == row * vocabulary + chosen[row] ? 1 : 0;
                }
            }
            return (double) hits / chosen.length;
        }
    };

    private final AnswerKind answers;

    FaithfulnessTarget(AnswerKind answers) {
        this.answers = answers;
    }

    /** What it needs of prompts. */
    public PromptNeeds needs() {
        String option = "--faithfulness-target " + name().toLowerCase(Locale.ROOT);
        return this == WRONG_ANSWER || this == LOGIT_DIFF_PERCENT
                ? PromptNeeds.bothAnswers(option)
                : PromptNeeds.answers(answers, option);
    }

    /**
     * Makes one number of a batch's logits {@code [batch, seq?, vocabulary]}.
     *
     * @param clean gives the logits of the whole model on the clean prompts
     */
    abstract UnaryOperator<NDArray> loss(PatchableModel model, PromptBatch batch, Supplier<NDArray> clean);

    /** {@code factor * number + plus}, inside a graph of gradients: with the numbers in PyTorch's own memory. */
    private static NDArray scaled(NDArray number, double factor, double plus) {
        Shape shape = new Shape();
        return number.mul(number.getManager().full(shape, (float) factor))
                .add(number.getManager().full(shape, (float) plus));
    }
}
