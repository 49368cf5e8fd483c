package io.edgewise.prompt;

import io.edgewise.InputException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a run reads of prompts besides their clean side, and which options make it do so.
 *
 * @param answers which kind of answers prompts must have
 * @param answersFor the option that reads them; null where they aren't read
 * @param wrongAnswersFor the option that reads wrong answers; null where prompts may have none
 * @param corruptFor the option that reads corrupt prompts; null where there may be none
 */
public record PromptNeeds(
        AnswerKind answers, @Nullable String answersFor, @Nullable String wrongAnswersFor, @Nullable String corruptFor)
        implements Serializable {

    /** The clean side is enough. */
    public static final PromptNeeds NOTHING = new PromptNeeds(AnswerKind.UNUSED, null, null, null);

    /** An option that reads right answers of a kind. */
    public static PromptNeeds answers(AnswerKind kind, String option) {
        return new PromptNeeds(kind, kind == AnswerKind.UNUSED ? null : option, null, null);
    }

    /** An option that reads right and wrong answers, which are tokens. */
    public static PromptNeeds bothAnswers(String option) {
        return new PromptNeeds(AnswerKind.TOKENS, option, option, null);
    }

    /** An option that reads corrupt prompts. */
    public static PromptNeeds corrupt(String option) {
        return new PromptNeeds(AnswerKind.UNUSED, null, null, option);
    }

    /**
     * What these need together with others; of two options that need the same, the first is told.
     *
     * @throws InputException where answers can't be of the kinds that both need
     */
    public PromptNeeds and(PromptNeeds others) {
        if (answersFor != null && others.answersFor != null && answers != others.answers) {
            throw new InputException(answersFor + " wants answers that are " + told(answers) + ", but "
                    + others.answersFor + " wants " + told(others.answers) + "; leave one out");
        }
        return new PromptNeeds(
                answersFor == null ? others.answers : answers,
                answersFor == null ? others.answersFor : answersFor,
                wrongAnswersFor == null ? others.wrongAnswersFor : wrongAnswersFor,
                corruptFor == null ? others.corruptFor : corruptFor);
    }

    /** Whether prompts that have what these need have what others need. */
    public boolean cover(PromptNeeds others) {
        return (answersFor != null || others.answersFor == null)
                && (wrongAnswersFor != null || others.wrongAnswersFor == null)
                && (corruptFor != null || others.corruptFor == null);
    }

    private static String told(AnswerKind kind) {
        return kind == AnswerKind.TOKENS ? "tokens" : "numbers";
    }
}
