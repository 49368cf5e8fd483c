package io.edgewise.pipeline;

import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.ablation.DatasetMean;
import io.edgewise.graph.ModelGraph;
import io.edgewise.reduce.BatchSum;
import io.edgewise.reduce.BatchVector;
import io.edgewise.reduce.Slices;
import io.edgewise.spark.SumActivations;
import org.apache.spark.api.java.JavaRDD;

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
        int sources = graph.sources().size();
        JavaRDD<BatchVector> written = prompts.batches()
                .toJavaRDD()
                .mapPartitions(
                        new SumActivations(prompts.model(), ablation.type().meanOver(), prompts.longest()));
        Slices slices = Slices.of(DatasetMean.sumCount(sources, prompts.longest(), width));
        BatchSum sum = new SumOverBatches(slices, prompts.batchCount()).execute(written);
        DatasetMean mean = DatasetMean.of(sources, prompts.longest(), width, sum.values());
        return new AblationActivations(ablation, mean);
    }
}
