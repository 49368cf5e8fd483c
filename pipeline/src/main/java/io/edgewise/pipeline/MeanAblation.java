package io.edgewise.pipeline;

import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.ablation.DatasetMean;
import io.edgewise.graph.ModelGraph;
import io.edgewise.reduce.BatchSum;
import io.edgewise.spark.batch.SumActivations;

/**
 * The job that takes the mean over the data set for an ablation that needs one.
 *
 * @param width the width of the residual stream
 * @param work the job's name, and where finished batches are kept
 */
public record MeanAblation(ModelGraph graph, int width, Ablation ablation, BatchWork work) {

    public AblationActivations execute(PromptBatches.Result prompts) {
        int sources = graph.sources().size();
        SumActivations activations =
                new SumActivations(prompts.model(), ablation.type().meanOver(), prompts.longest());
        BatchSum sum = work.sum(prompts, DatasetMean.sumCount(sources, prompts.longest(), width), activations);
        DatasetMean mean = DatasetMean.of(sources, prompts.longest(), width, sum.values());
        return new AblationActivations(ablation, mean);
    }
}
