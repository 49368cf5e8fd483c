package io.edgewise.prompt;

import java.io.Serializable;
import java.util.List;

/**
 * A prompt that shows the behaviour, its counterpart that doesn't, and the tokens that tell them apart.
 *
 * @param clean token ids of the clean prompt
 * @param corrupt token ids of the corrupt prompt, as many
 * @param answers token ids of the right answers, at least one
 * @param wrongAnswers token ids of the wrong answers, at least one
 */
public record PromptPair(List<Integer> clean, List<Integer> corrupt, List<Integer> answers, List<Integer> wrongAnswers)
        implements Serializable {
    public PromptPair {
        clean = List.copyOf(clean);
        corrupt = List.copyOf(corrupt);
        answers = List.copyOf(answers);
        wrongAnswers = List.copyOf(wrongAnswers);
        if (clean.isEmpty() || clean.size() != corrupt.size()) {
            throw new IllegalArgumentException("Clean and corrupt prompt need the same number of tokens, at least one;"
                    + " got " + clean.size() + " and " + corrupt.size());
        }
        if (answers.isEmpty() || wrongAnswers.isEmpty()) {
            throw new IllegalArgumentException("A prompt pair needs at least one answer and one wrong answer, got "
                    + answers.size() + " and " + wrongAnswers.size());
        }
    }

    /** Tokens in each of the two prompts. */
    public int length() {
        return clean.size();
    }

    public List<Integer> tokens(PromptSide side) {
        return side == PromptSide.CLEAN ? clean : corrupt;
    }
}
