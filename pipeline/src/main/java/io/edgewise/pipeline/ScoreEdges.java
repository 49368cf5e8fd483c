package io.edgewise.pipeline;

import io.edgewise.graph.ModelGraph;
import io.edgewise.reduce.BatchSum;
import io.edgewise.reduce.BatchVector;
import io.edgewise.reduce.Slices;
import io.edgewise.score.EdgeScorer;
import io.edgewise.score.PruneScores;
import io.edgewise.spark.ScoreBatches;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
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
            JavaRDD<BatchVector> scores =
                    prompts.batches().toJavaRDD().mapPartitions(new ScoreBatches(prompts.model(), shared, done));
            Slices slices = Slices.of(scorer.stateLength(graph));
            BatchSum sum = new SumOverBatches(slices, prompts.batchCount()).execute(scores);
            return PruneScores.of(graph, scorer.finish(graph, sum.values(), sum.prompts()));
        } finally {
            shared.destroy();
        }
    }
}
