package io.edgewise.circuit;

import ai.djl.ndarray.NDArray;
import io.edgewise.metric.FullModel;
import io.edgewise.prompt.PromptBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * The answers on the first prompts of the first batch, stored as numbers in the sum over batches. All other batches add zeros to them. So
 * they travel like any sum over batches, and a resumed run has them too.
 *
 * @param circuits the circuits, which have a row of answers each; the whole model's row comes before theirs
 * @param prompts how many prompts are shown, at most
 */
record AnswerSlots(List<Circuit> circuits, int prompts) {
    /** The row of the whole model. */
    static final int WHOLE_MODEL = 0;

    private static final int NUMBERS = 3;

    /** The row of a circuit, by its place in the list. */
    static int row(int circuit) {
        return circuit + 1;
    }

    int length() {
        return Math.multiplyExact(circuits.size() + 1, prompts * NUMBERS);
    }

    /** How many prompts of a piece are shown. Its first prompt stands at {@code place} in the batch. */
    private int shown(PromptBatch piece, int place) {
        return piece.index() == 0 ? Math.max(0, Math.min(piece.size(), prompts - place)) : 0;
    }

    /**
     * Stores a row's answers on a piece of the first batch.
     *
     * @param numbers filled in from {@code start} on
     * @param place in the batch of the piece's first prompt
     * @param logits {@code [batch, seq?, vocabulary]}
     */
    void put(double[] numbers, int start, int row, int place, NDArray logits, FullModel full) {
        int count = shown(full.batch(), place);
        if (count == 0) {
            return;
        }
        NDArray some = logits.get("0:{}", count);
        NDArray last = some.getShape().dimension() == 2 ? some : some.get(":, -1");
        NDArray probabilities = last.softmax(-1);
        long[] tokens = probabilities.argMax(-1).toLongArray();
        float[] highest = probabilities.max(new int[] {-1}).toFloatArray();
        double[] differences = full.lastDifferences(logits);
        for (int prompt = 0; prompt < count; prompt++) {
            int slot = start + NUMBERS * (row * prompts + place + prompt);
            numbers[slot] = differences[prompt];
            numbers[slot + 1] = tokens[prompt];
            numbers[slot + 2] = highest[prompt];
        }
    }

    /**
     * The answers of all circuits. A slot whose probability is zero held no prompt.
     *
     * @param numbers of the sum over all batches, from {@code start} on
     */
    List<ShownAnswer> read(double[] numbers, int start) {
        List<ShownAnswer> answers = new ArrayList<>();
        for (int place = 0; place < prompts; place++) {
            Answer before = answer(numbers, start, WHOLE_MODEL, place);
            for (int circuit = 0; circuit < circuits.size() && before.probability() > 0; circuit++) {
                Answer after = answer(numbers, start, row(circuit), place);
                answers.add(new ShownAnswer(place, circuits.get(circuit), before, after));
            }
        }
        return answers;
    }

    private Answer answer(double[] numbers, int start, int row, int place) {
        int slot = start + NUMBERS * (row * prompts + place);
        return new Answer(numbers[slot], (int) numbers[slot + 1], numbers[slot + 2]);
    }
}
