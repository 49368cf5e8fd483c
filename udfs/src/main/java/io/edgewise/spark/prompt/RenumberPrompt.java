package io.edgewise.spark.prompt;

import io.edgewise.prompt.RawPrompt;
import org.apache.spark.api.java.function.Function;
import scala.Tuple2;

/** A function that gives each prompt its place among the prompts of all files. */
public record RenumberPrompt() implements Function<Tuple2<RawPrompt, Long>, RawPrompt> {
    @Override
    public RawPrompt call(Tuple2<RawPrompt, Long> numbered) {
        RawPrompt prompt = numbered._1();
        return new RawPrompt(numbered._2(), prompt.origin(), prompt.text());
    }
}
