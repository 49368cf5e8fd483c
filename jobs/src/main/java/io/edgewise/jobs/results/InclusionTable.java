package io.edgewise.jobs.results;

import io.edgewise.graph.Edge;
import io.edgewise.graph.ModelGraph;
import io.edgewise.score.ScoredSample;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The table {@code inclusion/}: for each size of a circuit, and each edge that is in the circuit of that size in at least one replicate,
 * the share of replicates in which it is.
 */
public final class InclusionTable {
    private static final StructType SCHEMA = new StructType()
            .add("requested_edges", DataTypes.IntegerType, false)
            .add("source", DataTypes.StringType, false)
            .add("destination", DataTypes.StringType, false)
            .add("position", DataTypes.IntegerType)
            .add("share", DataTypes.DoubleType, false);

    private InclusionTable() {}

    public static Dataset<Row> of(SparkSession spark, ScoredSample sample) {
        Shares shares = new Shares(sample.scores().graph(), sample.sizes(), sample.inclusion());
        Broadcast<Shares> shared =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(shares);
        long rows = (long) shares.sizes().size() * shares.graph().edgeCount();
        return spark.range(0, rows, 1, 1)
                .map(new InclusionRow(shared), Encoders.row(SCHEMA))
                .filter("share > 0");
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Shares(ModelGraph graph, List<Integer> sizes, double[][] shares) implements Serializable {}

    private record InclusionRow(Broadcast<Shares> all) implements MapFunction<Long, Row> {
        @Override
        public Row call(Long index) {
            Shares shares = all.value();
            int edges = shares.graph().edgeCount();
            int size = (int) (index / edges);
            int place = (int) (index % edges);
            Edge edge = shares.graph().edge(place);
            return RowFactory.create(
                    shares.sizes().get(size),
                    edge.source().name(),
                    edge.destination().name(),
                    edge.position(),
                    shares.shares()[size][place]);
        }
    }
}
