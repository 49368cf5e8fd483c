package io.edgewise.jobs.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.TransformerGraph;
import io.edgewise.jobs.command.SharedSpark;
import io.edgewise.jobs.input.ScoreFile;
import io.edgewise.score.PruneScores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What a score job makes of a sum of a 70B model's edges, in a heap of 2 GiB. {@code docs/numbers.md} says how to run it. */
@EnabledIfSystemProperty(named = "scale", matches = "true")
class EdgeTableScaleTest {
    @TempDir
    private Path temporary;

    @Test
    void tensOfMillionsOfEdgesAreRankedAndWritten() {
        ModelGraph graph = TransformerGraph.sequential(80, 64, true).with(GraphSpec.DEFAULT);
        SharedSpark.stop();
        SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .getOrCreate();
        try {
            Instant start = Instant.now();
            PruneScores scores = PruneScores.of(
                    graph,
                    new SplittableRandom(1).doubles(graph.edgeCount(), -1, 1).toArray());
            int bytes = ScoreFile.encode(scores).length;
            Instant encoded = Instant.now();
            String table = temporary.resolve("edges").toString();
            EdgeTable.of(spark, scores).write().parquet(table);
            System.out.printf(
                    "%,d edges: %,d bytes of scores after %d s, edges/ after %d s more%n",
                    graph.edgeCount(),
                    bytes,
                    Duration.between(start, encoded).toSeconds(),
                    Duration.between(encoded, Instant.now()).toSeconds());
            assertThat(spark.read().parquet(table).count()).isEqualTo(graph.edgeCount());
            assertThat(spark.read().parquet(table).filter("rank = 1").first().<Double>getAs("score"))
                    .isEqualTo(scores.get(scores.ranking()[0]));
        } finally {
            spark.stop();
        }
    }
}
