package io.edgewise.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.PatchedRuns;
import io.edgewise.model.layer.Tokens;
import io.edgewise.model.torch.DeviceWork;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import java.util.BitSet;

/**
 * A timer of exact patching on a sample of edges, which are spread evenly over the graph in groups of neighbours, so that their mean is that of all
 * edges or a little more: what the edges of a block share is shared by fewer. The time of the ablation activations isn't counted.
 */
public record ExactTiming(PatchableModel model, PromptBatch batch) {
    private static final int SAMPLE = 128;
    private static final int NEIGHBOURS = 8;
    private static final double NANOSECONDS = 1e9;

    /** The edges that are timed, by their places in the canonical order. */
    public BitSet sample() {
        ModelGraph graph = model.graph();
        int step = (graph.edgeCount() + SAMPLE - 1) / SAMPLE;
        BitSet edges = new BitSet();
        for (int edge = 0; edge < graph.edgeCount(); edge++) {
            if (edge / NEIGHBOURS % step == step / 2) {
                edges.set(edge);
            }
        }
        return edges;
    }

    /** The seconds that patching one edge takes, on average. */
    public double secondsPerEdge() {
        BitSet edges = sample();
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Tokens tokens = model.tokens(batch, PromptSide.CLEAN);
            NDArray patch = model.sources(batch.hasCorrupt() ? model.tokens(batch, PromptSide.CORRUPT) : tokens);
            DeviceWork.await(patch);
            long start = System.nanoTime();
            new PatchedRuns(model).edges(tokens, patch, edges, (some, logits) -> DeviceWork.await(logits));
            return (System.nanoTime() - start) / NANOSECONDS / edges.cardinality();
        }
    }
}
