package io.edgewise.jobs.results;

import io.edgewise.score.Stability;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table {@code stability/}: one row per size of a circuit, with how far the circuit depends on the prompts. */
public final class StabilityTable {
    private static final StructType SCHEMA = new StructType()
            .add("requested_edges", DataTypes.IntegerType, false)
            .add("mean_jaccard", DataTypes.DoubleType)
            .add("low", DataTypes.DoubleType)
            .add("high", DataTypes.DoubleType);

    private StabilityTable() {}

    public static Dataset<Row> of(SparkSession spark, List<Stability> stability) {
        List<Row> rows = stability.stream()
                .map(each -> RowFactory.create(
                        each.edges(),
                        Known.orNull(each.meanJaccard()),
                        Known.orNull(each.interval().low()),
                        Known.orNull(each.interval().high())))
                .toList();
        return spark.createDataFrame(rows, SCHEMA).coalesce(1);
    }
}
