package io.edgewise.spark;

import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Row;

/** Where a prompt pair's clean and corrupt tokens differ first, from 0, of a row that was not rejected. */
public record FirstDifference() implements MapFunction<Row, Integer> {
    @Override
    public Integer call(Row row) {
        return ParsedRows.pair(row).firstDifference();
    }
}
