package io.edgewise.prompt;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A prompt that shows the behaviour, its counterpart that doesn't, and the answers that tell their outputs apart.
 *
 * @param clean token ids of the clean prompt
 * @param corrupt token ids of the corrupt prompt, of the same length; empty where there is none
 * @param answers the right answers
 * @param wrongAnswers the wrong answers
 */
public record PromptPair(List<Integer> clean, List<Integer> corrupt, Answers answers, Answers wrongAnswers)
        implements Serializable {
    public PromptPair {
        clean = List.copyOf(clean);
        corrupt = List.copyOf(corrupt);
        if (clean.isEmpty() || (!corrupt.isEmpty() && clean.size() != corrupt.size())) {
            throw new IllegalArgumentException("Clean and corrupt prompt need the same number of tokens, at least one;"
                    + " got " + clean.size() + " and " + corrupt.size());
        }
    }

    /** A pair with token ids as answers, for one position of the output. */
    public static PromptPair of(
            List<Integer> clean, List<Integer> corrupt, List<Integer> answers, List<Integer> wrongAnswers) {
        return new PromptPair(
                clean, corrupt, new Answers.Tokens(List.of(answers)), new Answers.Tokens(List.of(wrongAnswers)));
    }

    /** Tokens in each of the two prompts. */
    public int length() {
        return clean.size();
    }

    /** Whether there is a corrupt prompt. */
    public boolean hasCorrupt() {
        return !corrupt.isEmpty();
    }

    public List<Integer> tokens(PromptSide side) {
        return side == PromptSide.CLEAN ? clean : corrupt;
    }

    /** A key of the clean and corrupt tokens: the beginning of a SHA-256, the same in every process. */
    public long key() {
        return ByteBuffer.wrap(PromptBatch.hash(List.of(this))).getLong();
    }

    /** The first position at which the two prompts differ, from 0; their length where they don't differ. */
    public int firstDifference() {
        int place = 0;
        while (place < length() && clean.get(place).equals(corrupt.get(place))) {
            place++;
        }
        return place;
    }

    /** This pair without the first tokens of both prompts. */
    public PromptPair without(int tokens) {
        return tokens == 0
                ? this
                : new PromptPair(
                        clean.subList(tokens, clean.size()),
                        hasCorrupt() ? corrupt.subList(tokens, corrupt.size()) : corrupt,
                        answers,
                        wrongAnswers);
    }
}
