package io.edgewise.jobs.results;

import io.edgewise.graph.Level;
import io.edgewise.score.NodeScores;
import io.edgewise.score.PruneScores;
import io.edgewise.score.RankedScores;
import io.edgewise.score.ScoreErrors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The table of scores: {@code edges/}, {@code nodes/} or {@code neurons/}, named by the level. */
public final class ScoreTable {
    private ScoreTable() {}

    public static Dataset<Row> of(SparkSession spark, RankedScores scores) {
        return scores instanceof NodeScores nodes
                ? NodeTable.of(spark, nodes)
                : EdgeTable.of(spark, (PruneScores) scores);
    }

    public static Dataset<Row> of(SparkSession spark, RankedScores scores, ScoreErrors errors) {
        return scores instanceof NodeScores nodes
                ? NodeTable.of(spark, nodes, errors)
                : EdgeTable.of(spark, (PruneScores) scores, errors);
    }

    /** A table of circuits whose sizes are counted in nodes or neurons: {@code requested_nodes} for {@code requested_edges}. */
    public static Dataset<Row> counted(Dataset<Row> circuits, Level level) {
        return circuits.withColumnRenamed("requested_edges", "requested_" + level.words())
                .withColumnRenamed("achieved_edges", "achieved_" + level.words());
    }
}
