package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.model.layer.Attention;
import io.edgewise.model.layer.AttentionPass;
import io.edgewise.model.layer.BlockNodes;
import io.edgewise.model.layer.Decoder;
import io.edgewise.model.layer.Forward;
import io.edgewise.model.layer.LastPosition;
import io.edgewise.model.layer.Network;
import io.edgewise.model.layer.Tokens;
import io.edgewise.model.torch.KeptArrays;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs circuits of a decoder on one batch, and computes only what each circuit touches. What circuits share is computed once: the embedding
 * and every layer's ablated input.
 */
public final class DecoderCircuits implements AutoCloseable {
    /** The most bytes that the changes of circuits that run together may take; one circuit may take more. */
    private static final long BYTES_AT_ONCE = 256L << 20;
    /** The most tokens that circuits that run together may have; one circuit may have more. */
    private static final int TOKENS_AT_ONCE = 1024;

    /** The most bytes of logits that are made at once; one circuit's may take more. */
    private static final long LOGIT_BYTES_AT_ONCE = 64L << 20;

    /** Where at least one in this many edges is patched, giving every node an input of its own costs less than correcting what all read. */
    private static final int MANY = 64;

    private final Decoder decoder;
    private final ModelGraph graph;
    private final Tokens tokens;
    private final NDArray patch;
    private final Forward forward;
    private final List<BlockNodes> blocks;
    private final NDArray embedding;
    private @Nullable AblatedRun ablated;
    private final List<AttentionPass> passes;
    private final KeptArrays kept = new KeptArrays();
    private final Map<Integer, NDList> ofAblated = new HashMap<>();
    private final List<NDArray> ends = new ArrayList<>();
    private int unembedded;

    /** One circuit's nodes, and the way in which they run. */
    private record Plan(CircuitNodes nodes, Way way) {}

    private enum Way {
        KEEPING,
        PATCHING
    }

    public DecoderCircuits(Decoder decoder, ModelGraph graph, Tokens tokens, NDArray patch, Forward forward) {
        this.decoder = decoder;
        this.graph = graph;
        this.tokens = tokens;
        this.patch = patch;
        this.forward = forward;
        this.blocks = IntStream.range(0, decoder.blocks().size())
                .mapToObj(block -> BlockNodes.of(graph, block))
                .toList();
        this.embedding = decoder.embed(tokens, forward);
        this.passes = decoder.passes(tokens, forward);
    }

    /** Whether circuits of a graph on a decoder can run this way. */
    public static boolean serves(Network network, ModelGraph graph, Forward forward) {
        return network instanceof Decoder decoder
                && graph.spec().factorized()
                && graph.spec().seqLen() == null
                && forward.prefix() == null
                && forward.hooks().isEmpty()
                && decoder.blocks().stream().allMatch(block -> block.attention().headsAreApart());
    }

    /** Runs all circuits, in order. It holds only the masks of the circuits that run together. */
    public void run(PatchOrigin origin, Iterable<EdgeMask> masks, CircuitLogits outputs) {
        List<Plan> open = new ArrayList<>();
        for (EdgeMask mask : masks) {
            Plan plan = plan(mask, origin);
            if (!open.isEmpty() && !fits(open, plan)) {
                run(open, outputs);
                open = new ArrayList<>();
            }
            if (plan.way() == Way.KEEPING && ablated == null) {
                ablated = AblatedRun.of(decoder, blocks, patch);
            }
            open.add(plan);
        }
        if (!open.isEmpty()) {
            run(open, outputs);
        }
        unembed(outputs);
    }

    /** Lists the patched edges where they are few, else the edges that aren't patched. */
    private Plan plan(EdgeMask mask, PatchOrigin origin) {
        int patched = 0;
        for (int edge = 0; edge < graph.edgeCount(); edge++) {
            double value = mask.values().get(edge);
            if (value != 0 && value != 1) {
                throw new IllegalArgumentException(
                        "An edge of a circuit is patched or isn't, got a mask of " + value + " at " + graph.edge(edge));
            }
            patched += value == 1 ? 1 : 0;
        }
        return patched <= graph.edgeCount() / MANY
                ? new Plan(CircuitNodes.patched(graph, mask), Way.PATCHING)
                : new Plan(CircuitNodes.kept(mask, new KeptNodes(graph, blocks, mask).of(origin)), Way.KEEPING);
    }

    private boolean fits(List<Plan> open, Plan next) {
        long rows = open.stream().mapToLong(each -> each.nodes().count()).sum()
                + next.nodes().count();
        int together = open.size() + 1;
        return next.way() == open.get(0).way()
                && rows * embedding.size() * 4 <= BYTES_AT_ONCE
                && (next.way() == Way.KEEPING || (long) together * tokens.batch() * tokens.length() <= TOKENS_AT_ONCE);
    }

    private void run(List<Plan> plans, CircuitLogits outputs) {
        List<CircuitNodes> nodes = plans.stream().map(Plan::nodes).toList();
        boolean keeps = plans.get(0).way() == Way.KEEPING;
        List<AttentionPass> together = keeps ? passes : passes(nodes.size());
        NDArray all = KeptArrays.only(() -> {
            NDArray read =
                    keeps ? new KeepingRun(this, ablated(), nodes).run() : new PatchingRun(this, together, nodes).run();
            return readsLastAlone() ? LastPosition.of(read).duplicate() : read;
        });
        try (all) {
            for (int circuit = 0; circuit < nodes.size(); circuit++) {
                ends.add(kept.keep(all.get(circuit)));
                if (ends.size() == unembeddedAtOnce()) {
                    unembed(outputs);
                }
            }
        }
    }

    private boolean readsLastAlone() {
        return forward.slice() == OutputSlice.LAST_SEQ;
    }

    /** Whether only what a block writes at the last position is read: the end is, and nothing else comes after it. */
    boolean isNarrow(int block) {
        return readsLastAlone() && block == blocks.size() - 1;
    }

    /** The part of {@code [n?, batch, seq, d_model]} that is computed in a block, after its heads have read. */
    NDArray narrowed(int block, NDArray activations) {
        return isNarrow(block) ? LastPosition.of(activations) : activations;
    }

    private int unembeddedAtOnce() {
        long bytes = 4L
                * tokens.batch()
                * forward.slice().positions(tokens.length())
                * forward.outputs().count(decoder.config().outputVocabulary());
        return (int) Math.max(1, LOGIT_BYTES_AT_ONCE / bytes);
    }

    /** Unembeds what the ends of circuits read, since one pass over the unembedding serves many. */
    private void unembed(CircuitLogits outputs) {
        if (ends.isEmpty()) {
            return;
        }
        KeptArrays.none(() -> {
            NDArray logits = decoder.unembed(NDArrays.concat(new NDList(ends), 0), forward);
            for (int circuit = 0; circuit < ends.size(); circuit++) {
                long start = (long) circuit * tokens.batch();
                outputs.accept(unembedded + circuit, logits.get("{}:{}", start, start + tokens.batch()));
            }
        });
        unembedded += ends.size();
        ends.forEach(NDArray::close);
        ends.clear();
    }

    private AblatedRun ablated() {
        return Objects.requireNonNull(ablated, "some circuit keeps few edges");
    }

    Decoder decoder() {
        return decoder;
    }

    ModelGraph graph() {
        return graph;
    }

    List<BlockNodes> blocks() {
        return blocks;
    }

    /** Ablation activations, {@code [source, batch, seq, d_model]}. */
    NDArray patch() {
        return patch;
    }

    /** What the tokens give before the first block, {@code [batch, seq, d_model]}. */
    NDArray embedding() {
        return embedding;
    }

    /** The attention of each block over the batch. */
    List<AttentionPass> passes() {
        return passes;
    }

    /** The attention of each block over the batch repeated {@code times} times. */
    private List<AttentionPass> passes(int times) {
        return times == 1 ? passes : decoder.passes(tokens.times(times), forward);
    }

    /** Queries, keys and values of a block where everything is ablated, {@code [batch, head, seq, d_head]}, each with as many heads as there are. */
    NDList ofAblated(int block) {
        return ofAblated.computeIfAbsent(block, index -> {
            Attention weights = decoder.blocks().get(index).attention();
            NDArray projected = KeptArrays.only(() -> weights.project(
                    ablated().attention().get(index), weights.config().keyValueHeads()));
            NDList split = weights.split(kept.keep(projected));
            split.forEach(kept::keep);
            return split;
        });
    }

    @Override
    public void close() {
        kept.close();
    }
}
