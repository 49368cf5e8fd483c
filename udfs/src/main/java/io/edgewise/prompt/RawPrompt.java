package io.edgewise.prompt;

import java.io.Serializable;

/**
 * A prompt pair as it is in a file.
 *
 * @param index its place in the order of use, which is that of the files unless shuffled
 * @param origin the file that it is in, and its place there, from 0
 */
public record RawPrompt(long index, String origin, PromptText text) implements Serializable {}
