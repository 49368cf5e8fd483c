package io.edgewise.prompt;

/** Which prompt of a pair. */
public enum PromptSide {
    CLEAN,
    CORRUPT;

    public PromptSide other() {
        return this == CLEAN ? CORRUPT : CLEAN;
    }
}
