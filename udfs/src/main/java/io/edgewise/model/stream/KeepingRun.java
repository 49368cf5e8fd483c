package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.DestinationModule;
import io.edgewise.model.layer.Attention;
import io.edgewise.model.layer.AttentionPass;
import io.edgewise.model.layer.BlockNodes;
import io.edgewise.model.layer.Hooks;
import io.edgewise.model.torch.InPlace;
import io.edgewise.model.torch.KeptArrays;
import io.edgewise.model.torch.Select;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run of several circuits at once, with all other edges ablated. Only the nodes that a circuit needs are computed. A node reads what it
 * reads where everything is ablated, plus the changes of the sources of its kept edges.
 */
final class KeepingRun {
    private final DecoderCircuits of;
    private final AblatedRun ablated;
    private final List<CircuitNodes> circuits;
    /** What the MLP of the block that runs reads of the sources before the block, {@code [1, batch, seq, d_model]}, where that is known. */
    private final Map<CircuitNodes, NDArray> ofEarlier = new HashMap<>();

    KeepingRun(DecoderCircuits of, AblatedRun ablated, List<CircuitNodes> circuits) {
        this.of = of;
        this.ablated = ablated;
        this.circuits = List.copyOf(circuits);
    }

    /** What the end of every circuit reads, {@code [circuit, batch, seq, d_model]}; where the last position alone counts, only there. */
    NDArray run() {
        NDArray embedding = of.embedding();
        for (CircuitNodes circuit : circuits) {
            circuit.open(embedding.getManager(), embedding.getShape());
            if (circuit.needs(0)) {
                change(circuit, List.of(0), embedding.expandDims(0), -1);
            }
        }
        for (int block = 0; block < of.blocks().size(); block++) {
            int index = block;
            Map<CircuitNodes, List<Integer>> heads = neededHeads(block);
            NDArray mixed;
            try (KeptArrays kept = new KeptArrays()) {
                mixed = heads.isEmpty() ? null : KeptArrays.only(() -> mix(index, heads, kept));
            }
            if (of.isNarrow(block)) {
                circuits.forEach(CircuitNodes::narrowToLast);
            }
            if (mixed != null) {
                KeptArrays.none(() -> write(index, heads, mixed));
                mixed.close();
            }
            KeptArrays.none(() -> runMlp(index));
            ofEarlier.values().forEach(NDArray::close);
            ofEarlier.clear();
        }
        int last = of.blocks().size() - 1;
        return read(last, of.graph().end(), of.narrowed(last, ablated.end()), circuits);
    }

    private Map<CircuitNodes, List<Integer>> neededHeads(int block) {
        Map<CircuitNodes, List<Integer>> heads = new LinkedHashMap<>();
        for (CircuitNodes circuit : circuits) {
            List<Integer> own = circuit.needed(of.blocks().get(block).heads());
            if (!own.isEmpty()) {
                heads.put(circuit, own);
            }
        }
        return heads;
    }

    /** The outputs of the heads of all circuits before W_O, {@code [head, batch, seq, d_head]}. */
    private NDArray mix(int block, Map<CircuitNodes, List<Integer>> heads, KeptArrays kept) {
        AttentionPass pass = of.passes().get(block);
        NDList split = project(block, heads, kept);
        NDArray mixed = of.isNarrow(block)
                ? pass.mixSomeLast(split.get(0), split.get(1), split.get(2))
                : pass.mixSome(split.get(0), split.get(1), split.get(2));
        return mixed.transpose(1, 0, 2, 3);
    }

    private void write(int block, Map<CircuitNodes, List<Integer>> heads, NDArray mixed) {
        int first = 0;
        for (Map.Entry<CircuitNodes, List<Integer>> own : heads.entrySet()) {
            int last = first + own.getValue().size();
            NDArray outputs =
                    of.passes().get(block).weights().writeSome(mixed.get("{}:{}", first, last), own.getValue());
            List<Integer> sources = own.getValue().stream()
                    .map(of.blocks().get(block).heads()::get)
                    .toList();
            change(own.getKey(), sources, outputs, block);
            first = last;
        }
    }

    /** Queries, keys and values of the heads of all circuits, {@code [batch, head, seq, d_head]}. */
    private NDList project(int block, Map<CircuitNodes, List<Integer>> heads, KeptArrays kept) {
        BlockNodes nodes = of.blocks().get(block);
        Attention weights = of.passes().get(block).weights();
        List<NDList> parts = List.of(new NDList(), new NDList(), new NDList());
        heads.forEach((circuit, own) -> {
            CircuitHeads read = new CircuitHeads(circuit, nodes, weights);
            List<List<Integer>> rows = wanted(read, own);
            boolean runsMlp = nodes.mlpInput() != null && circuit.needs(nodes.mlp());
            CircuitHeads.Read projected = read.project(
                    rows, runsMlp ? nodes.mlpInput() : null, ablated.attention().get(block));
            if (projected.later() != null) {
                ofEarlier.put(circuit, kept.keep(projected.later().duplicate()));
            }
            for (int kind = 0; kind < 3; kind++) {
                parts.get(kind)
                        .add(eachHead(
                                block,
                                kind,
                                read,
                                own,
                                rows.get(kind),
                                projected.kinds().get(kind)));
            }
        });
        NDList all = new NDList();
        for (NDList part : parts) {
            all.add(NDArrays.concat(part, 0).transpose(1, 0, 2, 3));
        }
        return all;
    }

    /** For queries, keys and values, the destinations that some heads read through and that don't read the base. */
    private static List<List<Integer>> wanted(CircuitHeads read, List<Integer> heads) {
        List<List<Integer>> touched = read.touched();
        List<List<Integer>> wanted = new ArrayList<>();
        for (int kind = 0; kind < 3; kind++) {
            DestinationModule module = read.nodes().inputs().get(kind);
            wanted.add(heads.stream()
                    .map(head -> read.nodes().row(module, head))
                    .distinct()
                    .filter(touched.get(kind)::contains)
                    .toList());
        }
        return wanted;
    }

    /** The queries, keys or values of some heads, {@code [head, batch, seq, d_head]}: their own, or those of the ablated run. */
    private NDArray eachHead(
            int block, int kind, CircuitHeads read, List<Integer> heads, List<Integer> rows, @Nullable NDArray own) {
        DestinationModule module = read.nodes().inputs().get(kind);
        List<Integer> places = new ArrayList<>();
        boolean areOwn = true;
        int matrices = read.weights().projections().heads().get(kind);
        for (int head : heads) {
            int place = rows.indexOf(read.nodes().row(module, head));
            areOwn &= place >= 0;
            places.add(
                    place >= 0
                            ? place
                            : rows.size()
                                    + head * matrices / read.nodes().heads().size());
        }
        if (own != null && areOwn) {
            return Select.of(own, places);
        }
        NDArray base = of.ofAblated(block).get(kind).transpose(1, 0, 2, 3);
        return Select.of(own == null ? base : own.concat(base, 0), places);
    }

    private void runMlp(int block) {
        BlockNodes nodes = of.blocks().get(block);
        DestinationModule module = nodes.mlpInput();
        NDArray ofAblated = ablated.mlp().get(block);
        List<CircuitNodes> rows = circuits.stream()
                .filter(circuit -> module != null && circuit.needs(nodes.mlp()))
                .toList();
        if (rows.isEmpty() || module == null || ofAblated == null) {
            return;
        }
        NDArray inputs = read(block, module, of.narrowed(block, ofAblated), rows);
        Shape shape = inputs.getShape();
        NDArray outputs = Objects.requireNonNull(
                        of.decoder().blocks().get(block).mlp())
                .apply(inputs.reshape(-1, shape.get(2), shape.get(3)), Hooks.NONE, "")
                .reshape(shape);
        for (int i = 0; i < rows.size(); i++) {
            change(rows.get(i), List.of(nodes.mlp()), outputs.get("{}:{}", i, i + 1), block);
        }
    }

    /** What the one destination of a module reads in some circuits after a block's heads wrote, {@code [circuit, batch, seq, d_model]}. */
    private NDArray read(int block, DestinationModule module, NDArray base, List<CircuitNodes> some) {
        NDArray all = base.getManager().create(new Shape(some.size()).addAll(base.getShape()));
        DestinationModule heads = of.blocks().get(block).inputs().get(0);
        int from = heads.firstSource() + heads.sources();
        for (int i = 0; i < some.size(); i++) {
            NDArray into = all.get("{}:{}", i, i + 1);
            NDArray earlier = ofEarlier.get(some.get(i));
            if (earlier == null) {
                some.get(i).read(module, base, into);
            } else {
                some.get(i).readRest(module, from, base.add(of.narrowed(block, earlier)), into);
            }
        }
        return all;
    }

    /** Stores the changes of a circuit's sources after they wrote: their outputs less their ablations. */
    private void change(CircuitNodes circuit, List<Integer> sources, NDArray outputs, int block) {
        InPlace.difference(outputs, of.narrowed(block, Select.of(of.patch(), sources)), circuit.changes(sources));
    }
}
