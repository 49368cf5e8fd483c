package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.DestinationModule;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.layer.AttentionPass;
import io.edgewise.model.layer.BlockNodes;
import io.edgewise.model.layer.Hooks;
import io.edgewise.model.torch.InPlace;
import io.edgewise.model.torch.KeptArrays;
import io.edgewise.model.torch.Select;
import java.util.List;
import java.util.Objects;

/**
 * A run of several circuits at once whose patched edges are listed. The circuits are stacked along the batch. A destination without a
 * patched edge reads the residual stream, and what comes before the first patched edge is computed once for all circuits.
 */
final class PatchingRun {
    private final DecoderCircuits of;
    private final List<AttentionPass> together;
    private final List<CircuitNodes> circuits;
    /** 1 until circuits differ, then the number of circuits. */
    private int copies = 1;

    /** @param together the attention of each block over the batch repeated once for each circuit */
    PatchingRun(DecoderCircuits of, List<AttentionPass> together, List<CircuitNodes> circuits) {
        this.of = of;
        this.together = together;
        this.circuits = List.copyOf(circuits);
    }

    /** What the end of every circuit reads, {@code [circuit, batch, seq, d_model]}. */
    NDArray run() {
        NDArray embedding = of.embedding();
        for (CircuitNodes circuit : circuits) {
            circuit.open(embedding.getManager(), embedding.getShape());
        }
        NDArray residual = embedding.expandDims(0);
        wrote(-1, List.of(0), residual.expandDims(1));
        for (int block = 0; block < of.blocks().size(); block++) {
            int index = block;
            separateFor(of.blocks().get(block).inputs());
            NDArray before = current(residual);
            NDArray mixed = KeptArrays.only(() -> mix(index, before));
            if (of.isNarrow(block)) {
                circuits.forEach(CircuitNodes::narrowToLast);
            }
            residual = KeptArrays.only(() -> finish(index, of.narrowed(index, before), mixed));
            mixed.close();
        }
        copies = circuits.size();
        return read(of.graph().end(), current(residual));
    }

    private AttentionPass pass(int block) {
        return (copies == 1 ? of.passes() : together).get(block);
    }

    /** What a block hands on, from the outputs of its heads before W_O. */
    private NDArray finish(int block, NDArray before, NDArray mixed) {
        BlockNodes nodes = of.blocks().get(block);
        AttentionPass pass = pass(block);
        writeHeads(block, pass, mixed);
        NDArray attended = merged(before).add(pass.weights().write(mixed)).reshape(before.getShape());
        DestinationModule module = nodes.mlpInput();
        if (module == null) {
            return attended;
        }
        boolean isParallel = of.decoder().config().layout() == TransformerConfig.BlockLayout.PARALLEL;
        separateFor(List.of(module));
        NDArray all = current(attended);
        NDArray base = isParallel ? current(before) : all;
        NDArray read = read(module, base);
        NDArray output = Objects.requireNonNull(of.decoder().blocks().get(block).mlp())
                .apply(merged(read), Hooks.NONE, "")
                .reshape(read.getShape());
        wrote(block, List.of(nodes.mlp()), output.expandDims(1));
        return all.add(output);
    }

    /** The output of every head's attention, before W_O, {@code [copies batch, head, seq, d_head]}. */
    private NDArray mix(int block, NDArray residual) {
        BlockNodes nodes = of.blocks().get(block);
        AttentionPass pass = pass(block);
        NDList split = pass.weights().split(pass.project(merged(residual), keyValues(nodes)));
        int prompts = Math.toIntExact(residual.getShape().get(1));
        for (int circuit = 0; circuit < circuits.size(); circuit++) {
            CircuitHeads heads = new CircuitHeads(circuits.get(circuit), nodes, pass.weights());
            List<List<Integer>> touched = heads.touched();
            if (touched.stream().allMatch(List::isEmpty)) {
                continue;
            }
            int first = circuit * prompts;
            NDArray base = residual.get(circuit);
            KeptArrays.none(() -> {
                NDList own = heads.project(touched, null, base).kinds();
                for (int kind = 0; kind < 3; kind++) {
                    if (!touched.get(kind).isEmpty()) {
                        NDArray place = split.get(kind).get("{}:{}", first, first + prompts);
                        InPlace.put(place, touched.get(kind), own.get(kind).transpose(1, 0, 2, 3));
                    }
                }
            });
        }
        return of.isNarrow(block) ? pass.mixLast(split) : pass.mix(split);
    }

    private static int keyValues(BlockNodes nodes) {
        return nodes.inputs().get(2).destinations();
    }

    private void writeHeads(int block, AttentionPass pass, NDArray mixed) {
        BlockNodes nodes = of.blocks().get(block);
        Shape shape = mixed.getShape();
        NDArray byCopy = mixed.reshape(new Shape(copies, shape.get(0) / copies).addAll(shape.slice(1)));
        for (int circuit = 0; circuit < circuits.size(); circuit++) {
            CircuitNodes own = circuits.get(circuit);
            List<Integer> heads = own.needed(nodes.heads());
            if (!heads.isEmpty()) {
                NDArray some = Select.of(byCopy.get(copies == 1 ? 0 : circuit).transpose(1, 0, 2, 3), heads);
                change(
                        block,
                        own,
                        heads.stream().map(nodes.heads()::get).toList(),
                        pass.weights().writeSome(some, heads));
            }
        }
    }

    /** Some sources wrote in every circuit, {@code [copy, source, batch, seq, d_model]}. */
    private void wrote(int block, List<Integer> sources, NDArray outputs) {
        for (int circuit = 0; circuit < circuits.size(); circuit++) {
            if (circuits.get(circuit).needs(sources.get(0))) {
                change(block, circuits.get(circuit), sources, outputs.get(copies == 1 ? 0 : circuit));
            }
        }
    }

    /** Stores what patching changes: the ablations less what sources wrote. */
    private void change(int block, CircuitNodes circuit, List<Integer> sources, NDArray outputs) {
        InPlace.difference(of.narrowed(block, Select.of(of.patch(), sources)), outputs, circuit.changes(sources));
    }

    private boolean isTouched(DestinationModule module) {
        return circuits.stream().anyMatch(circuit -> !circuit.touched(module).isEmpty());
    }

    /** What the one destination of a module reads in every circuit. */
    private NDArray read(DestinationModule module, NDArray residual) {
        if (!isTouched(module)) {
            return residual;
        }
        NDArray all = residual.duplicate();
        for (int circuit = 0; circuit < circuits.size(); circuit++) {
            if (!circuits.get(circuit).touched(module).isEmpty()) {
                circuits.get(circuit).read(module, residual.get(circuit), all.get("{}:{}", circuit, circuit + 1));
            }
        }
        return all;
    }

    /** Gives every circuit a residual stream of its own from the first patched edge on. */
    private void separateFor(List<DestinationModule> modules) {
        if (modules.stream().anyMatch(this::isTouched)) {
            copies = circuits.size();
        }
    }

    /** A residual stream for every copy there is now. */
    private NDArray current(NDArray residual) {
        return residual.getShape().get(0) == copies
                ? residual
                : residual.broadcast(
                                new Shape(copies).addAll(residual.getShape().slice(1)))
                        .duplicate();
    }

    /** The residual with circuits stacked along the batch. */
    private static NDArray merged(NDArray residual) {
        Shape shape = residual.getShape();
        return residual.reshape(-1, shape.get(2), shape.get(3));
    }
}
