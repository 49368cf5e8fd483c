package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.DestinationModule;
import io.edgewise.model.layer.Attention;
import io.edgewise.model.layer.BlockNodes;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The queries, keys and values of a block's heads in a circuit, where heads have inputs of their own. */
record CircuitHeads(CircuitNodes circuit, BlockNodes nodes, Attention weights) {

    /** For queries, keys and values, the destinations that don't read the base. */
    List<List<Integer>> touched() {
        return nodes.inputs().stream().map(circuit::touched).toList();
    }

    /**
     * What heads read, projected.
     *
     * @param kinds queries, keys and values, {@code [row, batch, seq, d_head]}; null where none is wanted
     * @param later what a later destination reads of the same sources, {@code [1, batch, seq, d_model]}; null where it isn't known
     */
    record Read(NDList kinds, @Nullable NDArray later) {}

    /**
     * The projections of what heads read: queries, keys and values.
     *
     * @param rows for queries, keys and values, the destinations that are wanted
     * @param later a module with one destination that reads the same sources, and later ones; null for none. One pass over the sources serves both.
     * @param base {@code [batch, seq, d_model]}
     */
    Read project(List<List<Integer>> rows, @Nullable DestinationModule later, NDArray base) {
        List<CircuitNodes.Rows> wanted = IntStream.range(0, 3)
                .filter(kind -> !rows.get(kind).isEmpty())
                .mapToObj(kind -> new CircuitNodes.Rows(nodes.inputs().get(kind), rows.get(kind)))
                .toList();
        NDList projected = new NDList(null, null, null);
        if (wanted.isEmpty()) {
            return new Read(projected, null);
        }
        int all = wanted.stream().mapToInt(each -> each.rows().size()).sum();
        NDArray inputs = base.getManager().create(new Shape(all + (later == null ? 0 : 1)).addAll(base.getShape()));
        circuit.read(wanted, later, base, inputs);
        NDArray normed = weights.norm().apply(inputs.get("0:{}", all));
        int first = 0;
        for (int kind = 0; kind < 3; kind++) {
            List<Integer> own = rows.get(kind);
            if (!own.isEmpty()) {
                NDArray read = normed.get("{}:{}", first, first + own.size());
                projected.set(
                        kind,
                        weights.projectSome(
                                kind, read, own, nodes.inputs().get(kind).destinations()));
                first += own.size();
            }
        }
        return new Read(projected, later == null ? null : inputs.get("{}:", all));
    }
}
