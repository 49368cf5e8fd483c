package io.edgewise.spark;

import io.edgewise.prompt.PromptBatch;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Row;

/** Makes a batch of a row {@code (batch_index, prompts)}, the prompts sorted by their index. */
public record MakeBatch() implements MapFunction<Row, PromptBatch> {
    @Override
    public PromptBatch call(Row row) {
        List<Row> prompts = row.getList(row.fieldIndex("prompts"));
        return PromptBatch.of(
                row.getInt(row.fieldIndex("batch_index")),
                prompts.stream().map(ParsedRows::pair).toList());
    }
}
