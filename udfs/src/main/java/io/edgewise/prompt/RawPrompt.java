package io.edgewise.prompt;

import java.io.Serializable;

/**
 * A prompt pair as it is in a file.
 *
 * @param index place in the order of use: that of the files, unless shuffled
 * @param origin where it stands: the file and its place there, from 0
 */
public record RawPrompt(long index, String origin, PromptText text) implements Serializable {}
