package io.edgewise.spark.prompt;

import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Row;

/** The first position at which a prompt pair's clean and corrupt tokens differ, from 0, for a row that was not rejected. */
public record FirstDifference() implements MapFunction<Row, Integer> {
    @Override
    public Integer call(Row row) {
        return ParsedRows.pair(row).firstDifference();
    }
}
