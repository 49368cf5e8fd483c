package io.edgewise.jobs.results;

import io.edgewise.ablation.DatasetMean;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A mean over the data set as a table: one row per source and position. */
public final class MeanTable {
    private static final StructType SCHEMA = new StructType()
            .add("source", DataTypes.StringType, false)
            .add("source_index", DataTypes.IntegerType, false)
            .add("position", DataTypes.IntegerType, false)
            .add("activation", DataTypes.createArrayType(DataTypes.FloatType, false), false);

    private MeanTable() {}

    public static Dataset<Row> of(SparkSession spark, ModelGraph graph, DatasetMean mean) {
        List<Row> rows = new ArrayList<>();
        int start = 0;
        for (SourceNode source : graph.sources()) {
            for (int position = 0; position < mean.positions(); position++, start += mean.width()) {
                rows.add(RowFactory.create(
                        source.name(),
                        source.index(),
                        position,
                        Arrays.copyOfRange(mean.values(), start, start + mean.width())));
            }
        }
        return spark.createDataFrame(rows, SCHEMA).coalesce(1);
    }
}
