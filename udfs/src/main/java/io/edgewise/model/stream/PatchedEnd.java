package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.layer.LastPosition;
import io.edgewise.model.torch.KeptArrays;

/**
 * Mask value 1 without a pass of its own, where ablations are what sources write in one run. A run in which every edge carries its ablation
 * repeats that run: every source writes its ablation, except the embedding, which reads nothing. Only edges to the end have a gradient
 * there, and all of these but the embedding's carry no change. The end reads the sum of the ablations and constants. Any run gives that
 * sum: its residual plus the difference between each source's ablation and its output.
 *
 * @param input what the end reads, {@code [batch, seq, d_model]} or of the last position alone, where the graph of gradients begins
 */
record PatchedEnd(NDArray input) {

    /**
     * @param residual the residual of all runs of the prompts at the end, one run after another along the batch
     * @param differences the sum of {@code patch - current} that the end's mask applies to, of the same shape
     * @param runs how many runs there are
     */
    static PatchedEnd of(NDArray residual, NDArray differences, int runs, KeptArrays kept) {
        long batch = residual.getShape().get(0) / runs;
        NDArray first = residual.get("0:{}", batch).stopGradient();
        NDArray change = LastPosition.like(first, differences.get("0:{}", batch));
        NDArray input = kept.keep(first.add(change).stopGradient());
        input.setRequiresGradient(true);
        return new PatchedEnd(input);
    }

    /** What the ends of all runs read, with this one last. */
    NDArray after(NDArray others) {
        return NDArrays.concat(new NDList(others, input), 0);
    }

    /**
     * Adds the gradient of the embedding's edge to the end, if there is one, after the backward pass.
     *
     * @param differences {@code patch - current} of every source in all runs
     * @param gradients of all edges, in canonical order
     */
    void addTo(double[] gradients, SourceOutputs differences) {
        ModelGraph graph = differences.graph();
        if (graph.end().firstSource() == 0) {
            add(
                    gradients,
                    graph,
                    EdgeLayout.of(graph)
                            .product(gradient(differences), change(differences))
                            .toFloatArray(),
                    0);
        }
    }

    /**
     * Adds the same for each prompt.
     *
     * @param gradients {@code [prompt][edge]}
     */
    void addToEach(double[][] gradients, SourceOutputs differences) {
        ModelGraph graph = differences.graph();
        if (graph.end().firstSource() > 0) {
            return;
        }
        float[] products = EdgeLayout.of(graph)
                .productOfEachPrompt(gradient(differences), change(differences))
                .toFloatArray();
        for (int prompt = 0; prompt < gradients.length; prompt++) {
            add(gradients[prompt], graph, products, prompt * products.length / gradients.length);
        }
    }

    /** {@code [1, batch, seq, d_model]}. */
    private NDArray gradient(SourceOutputs differences) {
        NDArray all = change(differences).zerosLike();
        LastPosition.put(input.getGradient().expandDims(0), all);
        return all;
    }

    /** {@code [1, batch, seq, d_model]}. */
    private NDArray change(SourceOutputs differences) {
        return differences
                .of(SourceNode.Kind.START, 0)
                .get(":, 0:{}", input.getShape().get(0));
    }

    /** @param products of the embedding's edge at each position, from {@code start} on */
    private static void add(double[] gradients, ModelGraph graph, float[] products, int start) {
        for (int position = 0; position < graph.positions(); position++) {
            gradients[position * graph.edgesPerPosition() + graph.end().offset()] += products[start + position];
        }
    }
}
