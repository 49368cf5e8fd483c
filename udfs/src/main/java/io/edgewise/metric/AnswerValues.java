package io.edgewise.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.prompt.Answers;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import java.util.List;

/** The answers of a batch that are numbers which its output should be. */
public final class AnswerValues {
    private AnswerValues() {}

    /** The answers as {@code [batch, seq?, vocabulary]}. Either of the last two axes has length 1 where all its entries share a number. */
    public static NDArray of(PatchableModel model, PromptBatch batch) {
        List<List<List<Float>>> all =
                batch.pairs().stream().map(AnswerValues::values).toList();
        int positions = all.stream().mapToInt(List::size).max().orElse(1);
        int tokens = all.stream().mapToInt(prompt -> prompt.get(0).size()).max().orElse(1);
        float[] flat = new float[Math.multiplyExact(batch.size(), Math.multiplyExact(positions, tokens))];
        for (int i = 0; i < flat.length; i++) {
            List<List<Float>> prompt = all.get(i / tokens / positions);
            List<Float> position = prompt.get(i / tokens % positions % prompt.size());
            flat[i] = position.get(i % tokens % position.size());
        }
        Shape shape = model.outputSlice() == OutputSlice.LAST_SEQ
                ? new Shape(batch.size(), tokens)
                : new Shape(batch.size(), positions, tokens);
        return model.create(flat, shape);
    }

    private static List<List<Float>> values(PromptPair pair) {
        if (pair.answers() instanceof Answers.Values values) {
            return values.byPosition();
        }
        throw new IllegalArgumentException("Wanted answers that are numbers, got " + pair.answers());
    }
}
