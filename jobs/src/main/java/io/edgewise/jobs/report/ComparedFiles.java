package io.edgewise.jobs.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.corr;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rank;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.jobs.figure.NodeName;
import io.edgewise.jobs.files.Hadoop;
import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.jobs.files.Version;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/** Two studies of one graph, edge by edge. */
public record ComparedFiles(StudyFiles first, StudyFiles second) {

    /**
     * Reads and joins them.
     *
     * @throws InputException where their graphs have different edges
     */
    public Comparison read(SparkSession spark) {
        Study one = first.read(spark);
        Study other = second.read(spark);
        Dataset<Row> edges = edges(spark, first, "first")
                .join(edges(spark, second, "second"), sameEdge(), "full_outer")
                .cache();
        try {
            checkSameGraph(edges);
            return new Comparison(
                    one.name() + " and " + other.name(),
                    Version.edgewise(),
                    List.of(ComparedSide.of(one), ComparedSide.of(other)),
                    one.nodes(),
                    one.positions(),
                    strongest(edges),
                    correlation(edges));
        } finally {
            edges.unpersist();
        }
    }

    private static Dataset<Row> edges(SparkSession spark, StudyFiles files, String side) {
        return spark.read()
                .parquet(new Path(Hadoop.qualified(files.scoreDirectory()), "edges").toString())
                .select(
                        col("source").as(side + "_source"),
                        col("destination").as(side + "_destination"),
                        col("position").as(side + "_position"),
                        col("score").as(side + "_score"),
                        col("rank").as(side + "_rank"));
    }

    private static Column sameEdge() {
        return col("first_source")
                .equalTo(col("second_source"))
                .and(col("first_destination").equalTo(col("second_destination")))
                .and(col("first_position").eqNullSafe(col("second_position")));
    }

    private void checkSameGraph(Dataset<Row> edges) {
        List<Row> alone = edges.filter(
                        col("first_source").isNull().or(col("second_source").isNull()))
                .orderBy(col("first_rank").asc_nulls_last(), col("second_rank"))
                .limit(1)
                .collectAsList();
        if (!alone.isEmpty()) {
            Row edge = alone.get(0);
            boolean inFirst = edge.getAs("first_source") != null;
            String side = inFirst ? "first" : "second";
            throw new InputException("--compare wants two circuits of one graph, got " + graph(first) + " and "
                    + graph(second) + ": only " + (inFirst ? first : second).name() + " has "
                    + edge.getAs(side + "_source") + "->" + edge.getAs(side + "_destination")
                    + "; score both with models of one shape and the same graph options");
        }
    }

    private static String graph(StudyFiles files) {
        JsonNode graph = ManifestFile.read(files.scoreDirectory()).path("graph");
        return files.name() + " of " + graph.path("edges").asText() + " edges from "
                + graph.path("sources").asText() + " sources to "
                + graph.path("destinations").asText() + " destinations";
    }

    private static List<EdgePair> strongest(Dataset<Row> edges) {
        return edges
                .filter(col("first_rank")
                        .leq(StudyTables.MOST_EDGES)
                        .or(col("second_rank").leq(StudyTables.MOST_EDGES)))
                .orderBy("first_rank")
                .collectAsList()
                .stream()
                .map(ComparedFiles::pair)
                .toList();
    }

    private static EdgePair pair(Row row) {
        NodeName destination = NodeName.parse(row.getAs("first_destination"));
        return new EdgePair(
                row.getAs("first_source"),
                destination.node(),
                destination.input(),
                row.getAs("first_position"),
                List.of(row.<Double>getAs("first_score"), row.<Double>getAs("second_score")),
                List.of(row.<Integer>getAs("first_rank"), row.<Integer>getAs("second_rank")));
    }

    /** Spearman's rank correlation; equal scores share the mean of their ranks. */
    private static double correlation(Dataset<Row> edges) {
        Row found = edges.select(
                        place("first_score").as("first"), place("second_score").as("second"))
                .select(corr("first", "second"))
                .first();
        return found.isNullAt(0) ? Double.NaN : found.getDouble(0);
    }

    private static Column place(String score) {
        return rank().over(Window.orderBy(col(score)))
                .plus(count(lit(1))
                        .over(Window.partitionBy(col(score)))
                        .minus(1)
                        .divide(2));
    }
}
