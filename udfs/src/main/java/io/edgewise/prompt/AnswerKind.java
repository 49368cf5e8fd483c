package io.edgewise.prompt;

/** What the answers in a prompt file have to be. */
public enum AnswerKind {
    /** Right and wrong answers, as texts of one token or as token ids. */
    TOKENS,
    /** Numbers that the output should be; wrong answers aren't read. */
    VALUES,
    /** Nothing: they aren't read. */
    UNUSED
}
