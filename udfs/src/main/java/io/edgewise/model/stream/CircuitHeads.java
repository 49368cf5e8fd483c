package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.layer.Attention;
import io.edgewise.model.layer.BlockNodes;
import java.util.List;
import java.util.stream.IntStream;

/** The queries, keys and values of a block's heads in a circuit, where heads have inputs of their own. */
record CircuitHeads(CircuitNodes circuit, BlockNodes nodes, Attention weights) {

    /** For queries, keys and values, the destinations that don't read the base. */
    List<List<Integer>> touched() {
        return nodes.inputs().stream().map(circuit::touched).toList();
    }

    /**
     * The projections of what heads read: queries, keys and values.
     *
     * @param rows for queries, keys and values, the destinations that are wanted
     * @param base {@code [batch, seq, d_model]}
     * @return queries, keys and values, {@code [row, batch, seq, d_head]}; null where none is wanted
     */
    NDList project(List<List<Integer>> rows, NDArray base) {
        List<CircuitNodes.Rows> wanted = IntStream.range(0, 3)
                .filter(kind -> !rows.get(kind).isEmpty())
                .mapToObj(kind -> new CircuitNodes.Rows(nodes.inputs().get(kind), rows.get(kind)))
                .toList();
        NDList projected = new NDList(null, null, null);
        if (wanted.isEmpty()) {
            return projected;
        }
        int all = wanted.stream().mapToInt(each -> each.rows().size()).sum();
        NDArray inputs = base.getManager().create(new Shape(all).addAll(base.getShape()));
        circuit.read(wanted, base, inputs);
        NDArray normed = weights.norm().apply(inputs);
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
        return projected;
    }
}
