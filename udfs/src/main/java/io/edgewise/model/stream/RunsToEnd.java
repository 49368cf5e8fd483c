package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.model.config.TransformerConfig.BlockLayout;
import io.edgewise.model.layer.AttentionPass;
import io.edgewise.model.layer.Decoder;
import io.edgewise.model.layer.FeedForward;
import io.edgewise.model.layer.Forward;
import io.edgewise.model.layer.Hooks;
import io.edgewise.model.torch.KeptArrays;
import java.util.List;
import java.util.Objects;

/**
 * The rest of several runs on one batch, from a place in some block on. The runs are stacked along the batch, {@code [run * batch, seq, d_model]}.
 * Where the output is the last position's alone, the last block computes only what that position needs.
 *
 * @param passes the attention of each block over the batch repeated once for each run
 */
record RunsToEnd(Decoder decoder, List<AttentionPass> passes, Forward forward) {

    /** The part of a residual stream in a block that the output can depend on: all of it, or the last position. */
    NDArray needed(int block, NDArray residual) {
        boolean isLast = block == passes.size() - 1 && forward.slice() == OutputSlice.LAST_SEQ;
        return isLast ? residual.get(":, -1:") : residual;
    }

    /**
     * The logits of the runs, from where the heads of a block have written.
     *
     * @param changes what the patched edge changes in what the heads write, {@code [run * batch, seq, d_model]}, as {@link #needed}
     * @param plain the block where nothing is patched
     */
    NDArray afterHeads(int block, BlockStates plain, NDArray changes) {
        return afterBlock(block, KeptArrays.only(() -> {
            FeedForward mlp = decoder.blocks().get(block).mlp();
            if (mlp == null || decoder.config().layout() == BlockLayout.PARALLEL) {
                return plus(needed(block, plain.after()), changes);
            }
            NDArray middle = plus(needed(block, plain.middle()), changes);
            return middle.add(mlp.apply(middle, Hooks.NONE, ""));
        }));
    }

    /**
     * The logits of the runs, from what the MLP of a block reads.
     *
     * @param changes what the patched edge changes in it, as {@link #needed}
     */
    NDArray fromMlp(int block, BlockStates plain, NDArray changes) {
        return afterBlock(block, KeptArrays.only(() -> {
            FeedForward mlp = Objects.requireNonNull(decoder.blocks().get(block).mlp());
            NDArray input = plus(needed(block, Objects.requireNonNull(plain.mlpInput())), changes);
            return plus(needed(block, plain.middle()), mlp.apply(input, Hooks.NONE, ""));
        }));
    }

    /** The logits of the runs, from what a block hands on. */
    NDArray afterBlock(int block, NDArray residual) {
        NDArray last = residual;
        for (int next = block + 1; next < passes.size(); next++) {
            int index = next;
            NDArray before = last;
            last = KeptArrays.only(() -> runBlock(index, before));
        }
        return decoder.unembed(last, forward);
    }

    private NDArray runBlock(int block, NDArray before) {
        AttentionPass pass = passes.get(block);
        NDList heads = pass.weights()
                .split(pass.project(before, pass.weights().config().keyValueHeads()));
        NDArray start = needed(block, before);
        NDArray mixed = start == before ? pass.mix(heads) : pass.mixLast(heads);
        NDArray middle = start.add(pass.weights().write(mixed));
        FeedForward mlp = decoder.blocks().get(block).mlp();
        if (mlp == null) {
            return middle;
        }
        NDArray input = decoder.config().layout() == BlockLayout.PARALLEL ? start : middle;
        return middle.add(mlp.apply(input, Hooks.NONE, ""));
    }

    /** A residual of the batch plus something of every run, {@code [run * batch, seq, d_model]}. */
    private static NDArray plus(NDArray ofBatch, NDArray ofRuns) {
        Shape shape = ofRuns.getShape();
        return ofRuns.reshape(new Shape(-1).addAll(ofBatch.getShape()))
                .add(ofBatch)
                .reshape(shape);
    }
}
