package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.DestinationModule.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Runs several circuits at once in which every edge but theirs is ablated, and computes of each only the nodes it needs. What a node reads is
 * what it reads where everything is ablated, plus what the sources of its kept edges change.
 */
final class KeepingRun {
    private final DecoderCircuits of;
    private final AblatedRun ablated;
    private final List<CircuitNodes> circuits;

    /** A head of a circuit. */
    private record HeadOf(CircuitNodes circuit, int head) {}

    /** A destination of a circuit. */
    private record RowOf(CircuitNodes circuit, int row) {}

    KeepingRun(DecoderCircuits of, AblatedRun ablated, List<CircuitNodes> circuits) {
        this.of = of;
        this.ablated = ablated;
        this.circuits = List.copyOf(circuits);
    }

    /** @return what the end of every circuit reads, {@code [circuit, batch, seq, d_model]} */
    NDArray run() {
        NDArray embedding = of.embedding();
        for (CircuitNodes circuit : circuits) {
            circuit.open(embedding.getManager(), embedding.getShape());
            if (circuit.needs(0)) {
                change(circuit, List.of(0), embedding.expandDims(0));
            }
        }
        for (int block = 0; block < of.blocks().size(); block++) {
            int index = block;
            KeptArrays.none(() -> runHeads(index));
            KeptArrays.none(() -> runMlp(index));
        }
        DestinationModule end = Objects.requireNonNull(
                of.graph().module(Kind.RESIDUAL_END, of.blocks().size() - 1));
        return read(
                end,
                ablated.end(),
                circuits.stream().map(each -> new RowOf(each, 0)).toList());
    }

    private void runHeads(int block) {
        BlockNodes nodes = of.blocks().get(block);
        List<HeadOf> heads = new ArrayList<>();
        for (CircuitNodes circuit : circuits) {
            for (int head = 0; head < nodes.heads().size(); head++) {
                if (circuit.needs(nodes.heads().get(head))) {
                    heads.add(new HeadOf(circuit, head));
                }
            }
        }
        if (heads.isEmpty()) {
            return;
        }
        AttentionPass pass = of.passes().get(block);
        NDList split = new NDList();
        for (int kind = 0; kind < 3; kind++) {
            split.add(project(block, kind, heads));
        }
        NDArray mixed = pass.mixSome(split.get(0), split.get(1), split.get(2)).transpose(1, 0, 2, 3);
        Map<CircuitNodes, List<Integer>> byCircuit = new LinkedHashMap<>();
        heads.forEach(each -> byCircuit
                .computeIfAbsent(each.circuit(), key -> new ArrayList<>())
                .add(each.head()));
        int first = 0;
        for (Map.Entry<CircuitNodes, List<Integer>> own : byCircuit.entrySet()) {
            int last = first + own.getValue().size();
            NDArray outputs = pass.weights().writeSome(mixed.get("{}:{}", first, last), own.getValue());
            change(own.getKey(), own.getValue().stream().map(nodes.heads()::get).toList(), outputs);
            first = last;
        }
    }

    /** The queries, keys or values of some heads, {@code [batch, head, seq, d_head]}. */
    private NDArray project(int block, int kind, List<HeadOf> heads) {
        BlockNodes nodes = of.blocks().get(block);
        DestinationModule module = nodes.inputs().get(kind);
        Attention weights = of.passes().get(block).weights();
        int matrices = kind == 0 ? weights.config().heads() : weights.config().keyValueHeads();
        Map<RowOf, Integer> own = new LinkedHashMap<>();
        for (CircuitNodes circuit :
                heads.stream().map(HeadOf::circuit).distinct().toList()) {
            List<Integer> touched = circuit.touched(module);
            heads.stream()
                    .filter(each -> each.circuit() == circuit)
                    .map(each -> nodes.row(module, each.head()))
                    .filter(touched::contains)
                    .forEach(row -> own.putIfAbsent(new RowOf(circuit, row), own.size()));
        }
        List<Integer> places = new ArrayList<>();
        boolean readsBase = false;
        for (HeadOf each : heads) {
            Integer place = own.get(new RowOf(each.circuit(), nodes.row(module, each.head())));
            readsBase |= place == null;
            places.add(
                    place == null
                            ? own.size()
                                    + each.head() * matrices / weights.config().heads()
                            : place);
        }
        NDArray base = ablated.attention().get(block);
        NDList pool = new NDList();
        if (!own.isEmpty()) {
            List<Integer> which = own.keySet().stream()
                    .map(each -> each.row() * matrices / module.destinations())
                    .toList();
            pool.add(weights.projectSome(kind, read(module, base, List.copyOf(own.keySet())), which));
        }
        if (readsBase) {
            pool.add(of.ofAblated(block).get(kind).transpose(1, 0, 2, 3));
        }
        NDArray all = pool.size() == 1 ? pool.get(0) : pool.get(0).concat(pool.get(1), 0);
        return Select.of(all, places).transpose(1, 0, 2, 3);
    }

    private void runMlp(int block) {
        BlockNodes nodes = of.blocks().get(block);
        DestinationModule module = nodes.mlpInput();
        NDArray base = ablated.mlp().get(block);
        List<RowOf> rows = circuits.stream()
                .filter(circuit -> module != null && circuit.needs(nodes.mlp()))
                .map(circuit -> new RowOf(circuit, 0))
                .toList();
        if (rows.isEmpty() || module == null || base == null) {
            return;
        }
        NDArray inputs = read(module, base, rows);
        Shape shape = inputs.getShape();
        NDArray outputs = Objects.requireNonNull(
                        of.decoder().blocks().get(block).mlp())
                .apply(inputs.reshape(-1, shape.get(2), shape.get(3)), Hooks.NONE, "")
                .reshape(shape);
        for (int i = 0; i < rows.size(); i++) {
            change(rows.get(i).circuit(), List.of(nodes.mlp()), outputs.get("{}:{}", i, i + 1));
        }
    }

    /** What some destinations read, {@code [destination, batch, seq, d_model]}; those of a circuit stand together. */
    private NDArray read(DestinationModule module, NDArray base, List<RowOf> rows) {
        NDArray all = base.getManager().create(new Shape(rows.size()).addAll(base.getShape()));
        int first = 0;
        while (first < rows.size()) {
            CircuitNodes circuit = rows.get(first).circuit();
            List<Integer> own = new ArrayList<>();
            while (first + own.size() < rows.size()
                    && rows.get(first + own.size()).circuit() == circuit) {
                own.add(rows.get(first + own.size()).row());
            }
            circuit.read(module, own, base, all.get("{}:{}", first, first + own.size()));
            first += own.size();
        }
        return all;
    }

    /** Sources of a circuit wrote: what differs from their ablations is what they change. */
    private void change(CircuitNodes circuit, List<Integer> sources, NDArray outputs) {
        InPlace.difference(outputs, Select.of(of.patch(), sources), circuit.changes(sources));
    }
}
