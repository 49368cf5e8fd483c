package io.edgewise.prompt;

/** A prompt of a file after parsing: a pair of token ids, or the reason why it can't be used. */
public sealed interface ParsedPrompt {

    record Usable(PromptPair pair) implements ParsedPrompt {}

    record Rejected(String reason) implements ParsedPrompt {}
}
