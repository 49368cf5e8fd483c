package io.edgewise.prompt;

/** Whether text prompts get the tokenizer's begin-of-text token in front. Token ids are taken as they are. */
public enum BosRule {
    /** Where the tokenizer has such a token; AutoCircuit's default. */
    AUTO,
    /** Always; a tokenizer without one is an error. */
    TRUE,
    /** Never. */
    FALSE
}
