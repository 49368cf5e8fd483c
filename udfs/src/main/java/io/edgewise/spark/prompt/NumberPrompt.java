package io.edgewise.spark.prompt;

import io.edgewise.prompt.PromptText;
import io.edgewise.prompt.RawPrompt;
import org.apache.spark.api.java.function.Function;
import scala.Tuple2;

/** A function that gives each prompt of a file its place in the file. */
public record NumberPrompt(String file) implements Function<Tuple2<PromptText, Long>, RawPrompt> {
    @Override
    public RawPrompt call(Tuple2<PromptText, Long> numbered) {
        return new RawPrompt(numbered._2(), file + "#" + numbered._2(), numbered._1());
    }
}
