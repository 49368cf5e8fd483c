package io.edgewise.pipeline;

import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.ablation.DatasetMean;
import io.edgewise.graph.ModelGraph;
import io.edgewise.reduce.BatchTotal;
import io.edgewise.reduce.BatchVector;
import io.edgewise.spark.SumActivations;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;

/**
 * Makes ablation activations ready: where they are a mean over the data set, takes it, in a job of its own.
 *
 * @param width of the residual stream
 */
public record MeanAblation(ModelGraph graph, int width, Ablation ablation) {

    public AblationActivations execute(PromptBatches.Result prompts) {
        if (ablation.type().meanOver().isEmpty()) {
            return AblationActivations.of(ablation);
        }
        Dataset<BatchVector> sums = prompts.batches()
                .mapPartitions(
                        new SumActivations(prompts.model(), ablation.type().meanOver(), prompts.longest()),
                        Encoders.javaSerialization(BatchVector.class));
        BatchTotal total = SumOverBatches.of(sums, prompts.batchCount());
        DatasetMean mean = DatasetMean.of(graph.sources().size(), prompts.longest(), width, total.finish());
        return new AblationActivations(ablation, mean);
    }
}
