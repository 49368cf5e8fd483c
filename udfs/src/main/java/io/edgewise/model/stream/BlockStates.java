package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.edgewise.model.config.TransformerConfig.BlockLayout;
import io.edgewise.model.layer.AttentionPass;
import io.edgewise.model.layer.Decoder;
import io.edgewise.model.layer.FeedForward;
import io.edgewise.model.layer.Hooks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one block of a decoder computes on a batch where nothing is patched. Runs with one patched edge begin with it.
 *
 * @param before what the heads read, {@code [batch, seq, d_model]}
 * @param heads queries, keys and values, {@code [batch, head, seq, d_head]}, each with as many heads as there are
 * @param mixed the output of every head's attention before W_O, {@code [batch, head, seq, d_head]}
 * @param middle what the heads read plus what they wrote, {@code [batch, seq, d_model]}
 * @param mlpInput what the MLP reads, {@code [batch, seq, d_model]}; null where there is none
 * @param after what the block hands on, {@code [batch, seq, d_model]}
 */
record BlockStates(
        NDArray before, NDList heads, NDArray mixed, NDArray middle, @Nullable NDArray mlpInput, NDArray after) {

    /** The states of all blocks, one after another. */
    static List<BlockStates> of(Decoder decoder, List<AttentionPass> passes, NDArray embedding) {
        List<BlockStates> states = new ArrayList<>();
        NDArray residual = embedding;
        for (int block = 0; block < passes.size(); block++) {
            BlockStates state = of(decoder, block, passes.get(block), residual);
            states.add(state);
            residual = state.after();
        }
        return states;
    }

    private static BlockStates of(Decoder decoder, int block, AttentionPass pass, NDArray before) {
        NDList heads = pass.weights()
                .split(pass.project(before, pass.weights().config().keyValueHeads()));
        NDArray mixed = pass.mix(heads);
        NDArray middle = before.add(pass.weights().write(mixed));
        FeedForward mlp = decoder.blocks().get(block).mlp();
        if (mlp == null) {
            return new BlockStates(before, heads, mixed, middle, null, middle);
        }
        NDArray input = decoder.config().layout() == BlockLayout.PARALLEL ? before : middle;
        return new BlockStates(before, heads, mixed, middle, input, middle.add(mlp.apply(input, Hooks.NONE, "")));
    }
}
