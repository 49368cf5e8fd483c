package io.edgewise.pipeline;

import io.edgewise.graph.ModelGraph;
import io.edgewise.reduce.BatchTotal;
import io.edgewise.reduce.BatchVector;
import io.edgewise.score.EdgeScorer;
import io.edgewise.score.PruneScores;
import io.edgewise.spark.ScoreBatches;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.util.LongAccumulator;

/**
 * Scores all edges: every batch on an executor, the sum over batches as prune scores.
 *
 * @param done counts batches for the progress bar
 */
public record ScoreEdges(ModelGraph graph, EdgeScorer scorer, LongAccumulator done) {

    public PruneScores execute(PromptBatches.Result prompts) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(
                prompts.batches().sparkSession().sparkContext());
        Broadcast<EdgeScorer> shared = context.broadcast(scorer);
        try {
            Dataset<BatchVector> scores = prompts.batches()
                    .mapPartitions(
                            new ScoreBatches(prompts.model(), shared, done),
                            Encoders.javaSerialization(BatchVector.class));
            BatchTotal total = SumOverBatches.of(scores, prompts.batchCount());
            return PruneScores.of(graph, scorer.finish(graph, total.finish(), total.prompts()));
        } finally {
            shared.destroy();
        }
    }
}
