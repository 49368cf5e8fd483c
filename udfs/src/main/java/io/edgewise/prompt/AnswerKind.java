package io.edgewise.prompt;

/** What the answers in a prompt file have to be. */
public enum AnswerKind {
    /** Right and wrong answers, as texts of one token or as token ids. */
    TOKENS,
    /** Numbers that the output should be; wrong answers aren't read. */
    VALUES,
    /** Anything: they aren't read. */
    UNUSED
}
