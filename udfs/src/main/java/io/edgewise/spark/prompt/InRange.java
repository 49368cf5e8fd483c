package io.edgewise.spark.prompt;

import io.edgewise.prompt.RawPrompt;
import org.apache.spark.api.java.function.Function;

/** A filter of the prompts from {@code first} up to, but not including, {@code end}. */
public record InRange(long first, long end) implements Function<RawPrompt, Boolean> {
    @Override
    public Boolean call(RawPrompt prompt) {
        return prompt.index() >= first && prompt.index() < end;
    }
}
