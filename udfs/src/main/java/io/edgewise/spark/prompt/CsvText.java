package io.edgewise.spark.prompt;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.edgewise.prompt.PromptText;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A function from a CSV file's rows, all of texts, to prompts. A row that has more or fewer cells than the header can't be used. */
public record CsvText() implements Function<Row, BlockText> {
    /** The column that holds a row that isn't of the header's columns, and is null otherwise. */
    public static final String BROKEN = "edgewise broken row";

    private static final char REPLACEMENT = '\uFFFD';

    public static JavaRDD<BlockText> of(Dataset<Row> table) {
        Column[] cells = Arrays.stream(table.columns())
                .filter(name -> !name.equals(BROKEN))
                .map(name -> table.col("`" + name.replace("`", "``") + "`"))
                .toArray(Column[]::new);
        Column json = to_json(struct(cells), Map.of("ignoreNullFields", "false"));
        return table.select(BlockText.columns(json, col("`" + BROKEN + "`")))
                .javaRDD()
                .map(new CsvText());
    }

    @Override
    public BlockText call(Row row) {
        return BlockText.of(row, text(row.getString(0), row.isNullAt(1)));
    }

    private static PromptText text(String json, boolean isWhole) {
        if (!isWhole) {
            return new PromptText(json, "has not as many cells as the header");
        }
        return json.indexOf(REPLACEMENT) < 0 ? PromptText.of(json) : new PromptText(json, "is not UTF-8");
    }
}
