package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.layer.Forward;
import java.util.List;

/**
 * A stage of the model whose output is moved towards its ablation, in one run for each share of the way. No gradient passes through it.
 *
 * @param kind the embedding, all heads of a block together, or the MLP of a block
 * @param change of the stage's output over the whole way, {@code [batch, seq, d_model]}
 * @param shares how much of the way each run goes: 0 leaves the output as it is, 1 ablates it
 */
public record MovedStage(SourceNode.Kind kind, int block, NDArray change, List<Double> shares) {
    public MovedStage {
        shares = List.copyOf(shares);
    }

    /**
     * A stage.
     *
     * @param changes of all sources over the whole way, {@code [source, batch, seq, d_model]}
     */
    public static MovedStage of(
            ModelGraph graph, SourceNode.Kind kind, int block, NDArray changes, List<Double> shares) {
        return new MovedStage(
                kind, block, SourceOutputs.of(graph, kind, block, changes).sum(new int[] {0}), shares);
    }

    /** How many runs there are. */
    public int runs() {
        return shares.size();
    }

    /** What the stream begins with, {@code [run batch, seq, d_model]}. */
    NDArray start(NDArray embedding) {
        return kind == SourceNode.Kind.START ? moved(embedding) : embedding;
    }

    /** The forward pass with this stage moved. */
    public Forward in(Forward forward) {
        String activation =
                switch (kind) {
                    case HEAD -> "hook_attn_out";
                    case MLP -> "hook_mlp_out";
                    case START, RESIDUAL_MID, RESIDUAL_POST -> "";
                };
        return activation.isEmpty()
                ? forward
                : forward.with(
                        forward.hooks().with("blocks." + block + "." + activation, (name, output) -> moved(output)));
    }

    /** @param output {@code [run batch, seq, d_model]} */
    private NDArray moved(NDArray output) {
        if (shares.stream().allMatch(share -> share == 0) && kind == SourceNode.Kind.START) {
            return output;
        }
        float[] each = new float[runs()];
        for (int run = 0; run < each.length; run++) {
            each[run] = shares.get(run).floatValue();
        }
        NDArray share =
                output.getManager().create(each, new Shape(runs(), 1, 1, 1)).duplicate();
        NDArray way = share.mul(change.expandDims(0)).toType(DataType.FLOAT32, false);
        return output.stopGradient().add(way.reshape(output.getShape()));
    }
}
