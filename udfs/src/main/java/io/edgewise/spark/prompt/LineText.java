package io.edgewise.spark.prompt;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;

import io.edgewise.prompt.PromptText;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A function from a text file's lines to prompts. It reads bytes, since Spark's own strings hide bytes that aren't UTF-8. */
public record LineText() implements Function<Row, BlockText> {

    /**
     * The prompts of a file's lines.
     *
     * @param lines the lines, in one column
     */
    public static JavaRDD<BlockText> of(Dataset<Row> lines) {
        return lines.select(BlockText.columns(
                        col("value").cast("binary").substr(lit(1), lit(PromptText.MOST_BYTES + 1)),
                        octet_length(col("value"))))
                .javaRDD()
                .map(new LineText());
    }

    @Override
    public BlockText call(Row line) {
        return BlockText.of(line, PromptText.of(line.<byte[]>getAs(0), line.getInt(1)));
    }
}
