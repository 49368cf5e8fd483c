package io.edgewise.pipeline;

import io.edgewise.graph.ModelGraph;
import io.edgewise.reduce.BatchSum;
import io.edgewise.score.EdgeScorer;
import io.edgewise.score.RankedScores;
import io.edgewise.spark.batch.ScoreBatches;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The job that scores all edges, or nodes or neurons. Batches are scored on executors; the sum over batches becomes the prune scores.
 *
 * @param work the job's name, and where finished batches are kept
 */
public record ScoreEdges(ModelGraph graph, EdgeScorer scorer, BatchWork work) {

    public RankedScores execute(PromptBatches.Result prompts) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(
                prompts.batches().sparkSession().sparkContext());
        Broadcast<EdgeScorer> shared = context.broadcast(scorer);
        try {
            ScoreBatches score = new ScoreBatches(prompts.model(), shared);
            BatchSum sum = work.sum(prompts, scorer.stateLength(graph), score);
            return scorer.scores(graph, sum.values(), sum.prompts());
        } finally {
            shared.destroy();
        }
    }
}
