package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.layer.AttentionPass;
import io.edgewise.model.layer.BlockNodes;
import io.edgewise.model.layer.Decoder;
import io.edgewise.model.layer.Forward;
import io.edgewise.model.layer.Tokens;
import io.edgewise.model.torch.InPlace;
import io.edgewise.model.torch.KeptArrays;
import io.edgewise.model.torch.Select;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Runs of a decoder on one batch with one patched edge each. A run begins at its edge's destination: everything before it is as if nothing was
 * patched, and is computed once. Runs that begin in the same block go on together, stacked along the batch.
 */
public final class EdgeRuns {
    /** The most tokens of runs that go on together; one run may have more. */
    private static final int TOKENS_AT_ONCE = 1024;

    /** The same on a GPU, which few large products keep busier than many small ones. */
    private static final int GPU_TOKENS_AT_ONCE = 16384;

    /** The most bytes of logits that are made at once; one run's may take more. */
    private static final long LOGIT_BYTES_AT_ONCE = 64L << 20;

    private final Decoder decoder;
    private final ModelGraph graph;
    private final Tokens tokens;
    private final Forward forward;
    private final int most;
    private final NDArray logits;
    private final NDArray changes;
    private final List<AttentionPass> passes;
    private final List<BlockStates> states;

    /** @param patch ablation activations, {@code [source, batch, seq, d_model]} */
    public EdgeRuns(Decoder decoder, ModelGraph graph, Tokens tokens, NDArray patch, Forward forward) {
        this.decoder = decoder;
        this.graph = graph;
        this.tokens = tokens;
        this.forward = forward;
        RecordingStream plain = new RecordingStream(graph);
        this.logits = decoder.run(tokens, plain, forward);
        this.changes = plain.sources();
        InPlace.difference(patch, changes, changes);
        this.passes = decoder.passes(tokens, forward);
        this.states = BlockStates.of(decoder, passes, decoder.embed(tokens, forward));
        this.most = most();
    }

    private int most() {
        int all = changes.getDevice().isGpu() ? GPU_TOKENS_AT_ONCE : TOKENS_AT_ONCE;
        return (int) Math.max(
                1,
                Math.min(all / ((long) tokens.batch() * tokens.length()), LOGIT_BYTES_AT_ONCE / (4 * logits.size())));
    }

    /** The logits of the model as it is, {@code [batch, seq?, vocabulary]}. */
    public NDArray logits() {
        return logits;
    }

    /** One edge's run: its destination's row in the module, and its source. */
    private record Run(DestinationModule module, int row, int source) {
        int edge() {
            return module.offset() + row * module.sources() + source - module.firstSource();
        }
    }

    /** Runs some edges, by destination. */
    public void run(BitSet edges, EdgeLogits outputs) {
        for (int block = 0; block < passes.size(); block++) {
            BlockNodes nodes = BlockNodes.of(graph, block);
            runHeads(block, nodes, edges, outputs);
            DestinationModule mlp = nodes.mlpInput();
            if (mlp != null) {
                int index = block;
                inGroups(runs(List.of(mlp), edges), outputs, runs -> toEnd(runs.size())
                        .fromMlp(index, states.get(index), neededChanges(index, runs)));
            }
        }
        int last = passes.size() - 1;
        NDArray end = states.get(last).after();
        inGroups(runs(List.of(graph.end()), edges), outputs, runs -> {
            NDArray changed = rows(Select.of(changes, sources(runs)).add(end.expandDims(0)));
            RunsToEnd rest = toEnd(runs.size());
            return rest.afterBlock(last, rest.needed(last, changed));
        });
    }

    /** The wanted edges of some modules, by destination and source. */
    private static List<Run> runs(List<DestinationModule> modules, BitSet edges) {
        List<Run> runs = new ArrayList<>();
        for (DestinationModule module : modules) {
            for (int row = 0; row < module.destinations(); row++) {
                for (int source = 0; source < module.sources(); source++) {
                    Run run = new Run(module, row, module.firstSource() + source);
                    if (edges.get(run.edge())) {
                        runs.add(run);
                    }
                }
            }
        }
        return runs;
    }

    private static List<Integer> sources(List<Run> runs) {
        return runs.stream().map(Run::source).toList();
    }

    /** The logits of a few runs. */
    @FunctionalInterface
    private interface Group {
        NDArray logits(List<Run> runs);
    }

    private void inGroups(List<Run> runs, EdgeLogits outputs, Group group) {
        for (int first = 0; first < runs.size(); first += most) {
            List<Run> some = runs.subList(first, Math.min(runs.size(), first + most));
            KeptArrays.none(() ->
                    outputs.accept(some.stream().map(Run::edge).toList(), KeptArrays.only(() -> group.logits(some))));
        }
    }

    /** Attention of prompts without padding is the same however many prompts there are. */
    private RunsToEnd toEnd(int runs) {
        List<AttentionPass> ofRuns = tokens.pads().isEmpty() ? passes : decoder.passes(tokens.times(runs), forward);
        return new RunsToEnd(decoder, ofRuns, forward);
    }

    private NDArray neededChanges(int block, List<Run> runs) {
        return toEnd(runs.size()).needed(block, rows(Select.of(changes, sources(runs))));
    }

    /** {@code [run, batch, seq, d_model]} with runs stacked along the batch. */
    private static NDArray rows(NDArray runs) {
        Shape shape = runs.getShape();
        return runs.reshape(-1, shape.get(2), shape.get(3));
    }

    /** Runs the edges into a block's heads. The projections of each source's changed input serve all heads. */
    private void runHeads(int block, BlockNodes nodes, BitSet edges, EdgeLogits outputs) {
        List<DestinationModule> modules = nodes.inputs().stream().distinct().toList();
        List<Run> all = runs(modules, edges);
        List<Integer> sources =
                all.stream().map(Run::source).distinct().sorted().toList();
        for (int first = 0; first < sources.size(); first += most) {
            List<Integer> some = sources.subList(first, Math.min(sources.size(), first + most));
            KeptArrays.none(() -> {
                PatchedHeads heads = patched(block, nodes, some);
                List<Run> runs =
                        all.stream().filter(run -> some.contains(run.source())).toList();
                inGroups(runs, outputs, group -> {
                    RunsToEnd rest = toEnd(group.size());
                    return rest.afterHeads(block, states.get(block), rest.needed(block, written(heads, group)));
                });
            });
        }
    }

    private PatchedHeads patched(int block, BlockNodes nodes, List<Integer> sources) {
        BlockStates plain = states.get(block);
        AttentionPass pass = passes.get(block);
        NDArray inputs = rows(Select.of(changes, sources).add(plain.before().expandDims(0)));
        NDList split = pass.weights()
                .split(pass.project(inputs, pass.weights().config().keyValueHeads()));
        return new PatchedHeads(pass, nodes, plain, sources, split);
    }

    /** What the edges of runs change in what the heads write, {@code [run * batch, seq, d_model]}. */
    private static NDArray written(PatchedHeads heads, List<Run> runs) {
        NDList parts = new NDList();
        int first = 0;
        for (int next = 1; next <= runs.size(); next++) {
            if (next == runs.size()
                    || runs.get(next).row() != runs.get(first).row()
                    || !runs.get(next).module().equals(runs.get(first).module())) {
                List<Run> same = runs.subList(first, next);
                parts.add(KeptArrays.only(
                        () -> heads.written(same.get(0).module(), same.get(0).row(), sources(same))));
                first = next;
            }
        }
        return parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts, 0);
    }
}
