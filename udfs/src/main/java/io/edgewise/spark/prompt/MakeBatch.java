package io.edgewise.spark.prompt;

import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Row;

/**
 * A function from a row {@code (batch_index, length, prompts)}, whose prompts are sorted by their index, to a batch.
 *
 * @param prefix tokens at the beginning of every prompt that the batch doesn't hold
 */
public record MakeBatch(int prefix) implements MapFunction<Row, PromptBatch> {
    @Override
    public PromptBatch call(Row row) {
        List<Row> prompts = row.getList(row.fieldIndex("prompts"));
        List<PromptPair> pairs = prompts.stream()
                .map(ParsedRows::pair)
                .map(pair -> pair.without(prefix))
                .toList();
        return PromptBatch.of(row.getInt(row.fieldIndex("batch_index")), pairs, row.getInt(row.fieldIndex("length")));
    }
}
