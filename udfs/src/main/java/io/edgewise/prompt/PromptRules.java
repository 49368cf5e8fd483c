package io.edgewise.prompt;

import java.util.function.IntUnaryOperator;

/**
 * What a model and a run ask of prompts.
 *
 * @param vocabulary tokens that prompts are made of
 * @param outputVocabulary tokens that have a logit: answers are among them
 * @param positions tokens that the model can read
 * @param answerKind what the answers have to be
 * @param answerPositions how many positions have answers, of a prompt of so many tokens
 */
public record PromptRules(
        int vocabulary, int outputVocabulary, int positions, AnswerKind answerKind, IntUnaryOperator answerPositions) {}
