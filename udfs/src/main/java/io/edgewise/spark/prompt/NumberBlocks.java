package io.edgewise.spark.prompt;

import io.edgewise.prompt.RawPrompt;
import io.edgewise.spark.MappedIterator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * A function that gives each prompt its place in its file, or directory of files.
 *
 * @param first the place of the first prompt of each block
 */
public record NumberBlocks(String file, Map<FileBlock, Long> first)
        implements FlatMapFunction<Iterator<BlockText>, RawPrompt> {
    @Override
    public Iterator<RawPrompt> call(Iterator<BlockText> prompts) {
        Map<FileBlock, Long> next = new HashMap<>(first);
        return new MappedIterator<>(prompts, prompt -> {
            long place = next.merge(prompt.block(), 1L, Long::sum) - 1;
            return new RawPrompt(place, file + "#" + place, prompt.text());
        });
    }
}
