package io.edgewise.spark.prompt;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.input_file_name;

import io.edgewise.prompt.PromptText;
import java.io.Serializable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** A prompt's text, and the block of a file that it was read with. */
public record BlockText(FileBlock block, PromptText text) implements Serializable {

    /** The columns of a row that {@link #of} reads, after the others. */
    static Column[] columns(Column... others) {
        Column[] columns = new Column[others.length + 2];
        System.arraycopy(others, 0, columns, 0, others.length);
        columns[others.length] = input_file_name();
        columns[others.length + 1] = expr("input_file_block_start()");
        return columns;
    }

    static BlockText of(Row row, PromptText text) {
        int place = row.size() - 2;
        return new BlockText(new FileBlock(row.getString(place), row.getLong(place + 1)), text);
    }
}
