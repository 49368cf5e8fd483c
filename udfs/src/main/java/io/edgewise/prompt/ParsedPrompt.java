package io.edgewise.prompt;

/** What became of a prompt of a file: a pair of token ids, or the reason why it can't be used. */
public sealed interface ParsedPrompt {

    record Usable(PromptPair pair) implements ParsedPrompt {}

    record Rejected(String reason) implements ParsedPrompt {}
}
