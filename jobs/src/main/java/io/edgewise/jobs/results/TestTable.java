package io.edgewise.jobs.results;

import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.CircuitTests.Finding;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The table {@code tests/}: the results of a circuit's tests, one row per test, and for minimality one per edge. The statistic and the
 * p-value are null where nothing could be tested.
 */
public final class TestTable {
    private static final StructType SCHEMA = new StructType()
            .add("test", DataTypes.StringType, false)
            .add("requested_edges", DataTypes.IntegerType, false)
            .add("achieved_edges", DataTypes.IntegerType, false)
            .add("edge", DataTypes.StringType)
            .add("statistic", DataTypes.DoubleType)
            .add("p_value", DataTypes.DoubleType)
            .add("n_prompts", DataTypes.LongType, false)
            .add("null_hypothesis", DataTypes.StringType, false);

    private TestTable() {}

    public static Dataset<Row> of(SparkSession spark, Circuit circuit, List<Finding> findings, long prompts) {
        List<Row> rows = findings.stream()
                .map(finding -> RowFactory.create(
                        finding.test().name().toLowerCase(Locale.ROOT),
                        circuit.requestedEdges(),
                        circuit.achievedEdges(),
                        finding.edge() == null ? null : finding.edge().toString(),
                        Known.orNull(finding.result().statistic()),
                        Known.orNull(finding.result().pValue()),
                        prompts,
                        finding.test().hypothesis()))
                .toList();
        return spark.createDataFrame(rows, SCHEMA).coalesce(1);
    }
}
