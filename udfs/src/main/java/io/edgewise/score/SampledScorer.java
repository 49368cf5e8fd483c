package io.edgewise.score;

import io.edgewise.graph.ModelGraph;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.reduce.BatchVector;
import io.edgewise.uncertainty.Bootstrap;
import java.io.Serializable;

/**
 * Scores edges and says how far the prompts let the scores be believed, in one pass: what each prompt adds goes into sums, squares and the
 * replicates of a bootstrap where it is made.
 *
 * @param bootstrap of at least one replicate
 */
public record SampledScorer(PromptScorer scorer, Bootstrap bootstrap) implements Serializable {

    /** What stands where in a batch's vector. */
    public SampleLayout layout(ModelGraph graph) {
        return new SampleLayout(scorer.stateLength(graph), graph.edgeCount(), bootstrap.replicates());
    }

    /** What one batch adds. */
    public BatchVector score(PatchableModel model, BatchPieces batch) {
        SampleLayout layout = layout(model.graph());
        double[] sums = new double[layout.slices().length()];
        BatchVector whole =
                scorer.score(model, batch, (prompt, shares) -> layout.add(sums, bootstrap.weights(prompt), shares));
        layout.put(sums, whole.values());
        return new BatchVector(whole.batchIndex(), whole.prompts(), sums, whole.notes());
    }
}
