package io.edgewise.spark.prompt;

import io.edgewise.prompt.RawPrompt;
import org.apache.spark.api.java.function.Function;

/** A function that puts a file's prompts behind those of the files before it. */
public record ShiftPrompt(long before) implements Function<RawPrompt, RawPrompt> {
    @Override
    public RawPrompt call(RawPrompt prompt) {
        return new RawPrompt(before + prompt.index(), prompt.origin(), prompt.text());
    }
}
