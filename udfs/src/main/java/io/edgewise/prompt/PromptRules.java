package io.edgewise.prompt;

import java.util.function.IntUnaryOperator;

/**
 * What a model and a run require of prompts.
 *
 * @param vocabulary tokens that prompts are made of
 * @param outputVocabulary tokens that have a logit: answers are among them
 * @param positions tokens that the model can read
 * @param needs what is read of prompts
 * @param answerPositions how many positions have answers, by the prompt's length in tokens
 */
public record PromptRules(
        int vocabulary, int outputVocabulary, int positions, PromptNeeds needs, IntUnaryOperator answerPositions) {}
