package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.DestinationModule;
import io.edgewise.model.layer.AttentionPass;
import io.edgewise.model.layer.BlockNodes;
import io.edgewise.model.torch.Select;
import java.util.List;
import java.util.Objects;

/**
 * The heads of one block where the edges of some sources are patched, one edge at a time.
 *
 * @param pass attention over the batch
 * @param plain the block where nothing is patched
 * @param sources the sources
 * @param split queries, keys and values of what a head reads where the edge of a source is patched, {@code [source * batch, head, seq, d_head]}
 */
record PatchedHeads(AttentionPass pass, BlockNodes nodes, BlockStates plain, List<Integer> sources, NDList split) {

    /**
     * What patching changes in what all heads write, one edge of a destination at a time.
     *
     * @param module the destination's module
     * @param row the destination's row in it
     * @param some the edges' sources, of {@link #sources}
     * @return {@code [source * batch, seq, d_model]}
     */
    NDArray written(DestinationModule module, int row, List<Integer> some) {
        List<Integer> places = some.stream().map(sources::indexOf).toList();
        NDArray all = null;
        for (int head = 0; head < nodes.heads().size(); head++) {
            if (nodes.row(module, head) == row) {
                NDArray one = written(module, head, places, some.size());
                all = all == null ? one : all.add(one);
            }
        }
        return Objects.requireNonNull(all, "a destination is some head's input");
    }

    private NDArray written(DestinationModule module, int head, List<Integer> places, int runs) {
        NDArray[] read = new NDArray[3];
        for (int kind = 0; kind < read.length; kind++) {
            boolean isPatched = nodes.inputs().get(kind).equals(module);
            NDArray heads = isPatched ? split.get(kind) : plain.heads().get(kind);
            long own = head * heads.getShape().get(1) / nodes.heads().size();
            NDArray one = heads.get(":, {}:{}", own, own + 1);
            read[kind] = isPatched ? byPrompt(one, places) : one;
        }
        NDArray mixed = pass.mixSome(read[0], read[1], read[2]);
        NDArray difference = mixed.sub(plain.mixed().get(":, {}:{}", head, head + 1));
        NDArray rows = difference.transpose(1, 0, 2, 3);
        Shape shape = rows.getShape();
        NDArray flat = rows.reshape(1, shape.get(0) * shape.get(1), shape.get(2), shape.get(3));
        NDArray written = pass.weights().writeSome(flat, List.of(head));
        return written.reshape(runs * shape.get(1), shape.get(2), -1);
    }

    /** The rows of some sources, {@code [source * batch, 1, seq, d_head]}, as {@code [batch, source, seq, d_head]}. */
    private NDArray byPrompt(NDArray rows, List<Integer> places) {
        Shape shape = rows.getShape();
        NDArray bySource = rows.reshape(sources.size(), -1, shape.get(2), shape.get(3));
        return Select.of(bySource, places).transpose(1, 0, 2, 3);
    }
}
