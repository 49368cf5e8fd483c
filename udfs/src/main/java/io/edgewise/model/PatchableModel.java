package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.edgewise.InputException;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.model.config.OutputTokens;
import io.edgewise.model.config.RelevanceRule;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.layer.ActivationHook;
import io.edgewise.model.layer.Forward;
import io.edgewise.model.layer.Hooks;
import io.edgewise.model.layer.KeyValueCache;
import io.edgewise.model.layer.Relevance;
import io.edgewise.model.layer.ResidualStream;
import io.edgewise.model.layer.Tokens;
import io.edgewise.model.stream.MaskedStream;
import io.edgewise.model.stream.PlainRunPatch;
import io.edgewise.model.stream.RecordingStream;
import io.edgewise.model.torch.Autograd;
import io.edgewise.model.torch.KeptArrays;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.prompt.Tokenizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A decoder that can be run with any of its edges patched; AutoCircuit's {@code PatchableModel}.
 *
 * <p>Immutable, and safe for use by several threads: where AutoCircuit's model holds patch masks and hooks, here masks are given to a run,
 * and {@link #addHook} makes another model on the same weights. Every array that a method returns belongs to the {@link NDScope} that is
 * open on the calling thread, which frees it; a method called without one leaks.
 */
public final class PatchableModel {
    private final Transformer wrapped;
    private final ModelGraph graph;
    private final Forward forward;

    PatchableModel(Transformer wrapped, ModelGraph graph, Forward forward) {
        this.wrapped = wrapped;
        this.graph = graph;
        this.forward = forward;
    }

    /** AutoCircuit's {@code patchable_model}: makes every edge of a model's graph patchable. */
    public static PatchableModel of(Transformer model, GraphSpec spec, OutputSlice slice) {
        return new PatchableModel(model, model.config().graph(spec), Forward.plain(slice));
    }

    /**
     * The same model with a prefix before every prompt, run once here. Nothing in it is ever patched, and its positions
     * have no edges and no source outputs. Its keys and values live as long as the weights.
     *
     * @param prefix token ids; at least one
     */
    public PatchableModel withPrefix(List<Integer> prefix) {
        return new PatchableModel(
                wrapped,
                graph,
                forward.with(
                        KeyValueCache.of(wrapped.network(), wrapped.config().blocks(), prefix, wrapped::ids)));
    }

    /**
     * The same model, whose logits are those of some tokens alone: {@code [batch, seq?, token]} in the tokens' order. They differ from those of
     * the whole vocabulary by rounding.
     */
    public PatchableModel withOutputs(OutputTokens tokens) {
        return new PatchableModel(wrapped, graph, forward.with(tokens));
    }

    public TransformerConfig config() {
        return wrapped.config();
    }

    public ModelGraph graph() {
        return graph;
    }

    /** The model that was made patchable. */
    public Transformer wrappedModel() {
        return wrapped;
    }

    /** The axis of positions in tokens, in each source's output, and in the logits of all positions. */
    public int seqDim() {
        return 1;
    }

    /** Tokens of every prompt where edges have positions; null where positions share them. */
    public @Nullable Integer seqLen() {
        return graph.spec().seqLen();
    }

    public boolean isFactorized() {
        return graph.spec().factorized();
    }

    /** Always true: every model here is a transformer. */
    public boolean isTransformer() {
        return true;
    }

    public boolean separateQkv() {
        return graph.spec().separateQkv();
    }

    /**
     * The tokenizer of the model's directory.
     *
     * @throws InputException where the directory has none
     */
    public Tokenizer tokenizer() {
        return wrapped.tokenizer()
                .orElseThrow(() -> new InputException(
                        "The model directory has no tokenizer.json; texts need one, token ids don't"));
    }

    /** Texts of equal length in tokens, as tokens; each begins with the begin-of-text token where the tokenizer has one. */
    public Tokens toTokens(List<String> texts) {
        List<List<Integer>> ids = texts.stream()
                .map(text -> tokenizer().withBos(tokenizer().encode(text)))
                .toList();
        int length = ids.get(0).size();
        if (ids.stream().anyMatch(each -> each.size() != length)) {
            throw new InputException("Texts of one length were wanted, got "
                    + ids.stream().map(List::size).toList() + " tokens");
        }
        long[] flat =
                ids.stream().flatMap(List::stream).mapToLong(Integer::longValue).toArray();
        return Tokens.of(wrapped.ids(flat, new Shape(texts.size(), length)));
    }

    /** The text of each token of a text, including the begin-of-text token's. */
    public List<String> toStrTokens(String text) {
        return tokenizer().pieces(tokenizer().withBos(tokenizer().encode(text)));
    }

    /** The text of tokens. */
    public String toString(List<Integer> tokens) {
        return tokenizer().decode(tokens);
    }

    /** The positions whose logits count. */
    public OutputSlice outputSlice() {
        return forward.slice();
    }

    /** The tokens whose logits runs give. */
    public OutputTokens outputs() {
        return forward.outputs();
    }

    /** The prefix: tokens before every prompt whose keys and values are kept; empty for none. */
    public List<Integer> prefix() {
        KeyValueCache cache = forward.prefix();
        return cache == null ? List.of() : cache.prefix();
    }

    /** How many native arrays the model holds on its device: the weights, and arrays that were made and not freed. */
    public int arrayCount() {
        return wrapped.arrayCount();
    }

    /** One side of a batch; shorter prompts get padding in front. */
    public Tokens tokens(PromptBatch batch, PromptSide side) {
        long padding = batch.hasPads() ? wrapped.paddingToken() : 0;
        return new Tokens(
                wrapped.ids(batch.tokens(side, padding), new Shape(batch.size(), batch.length())), batch.pads());
    }

    /** A copy of the caller's matrix or vector on the model's device. */
    public NDArray create(float[] values, Shape shape) {
        return wrapped.create(values, shape);
    }

    /** Token ids or places in an array, on the model's device. */
    public NDArray create(long[] values, Shape shape) {
        return wrapped.ids(values, shape);
    }

    /** Zeros on the model's device. */
    public NDArray zeros(Shape shape) {
        return wrapped.zeros(shape);
    }

    /** Runs the model as it is: logits at the output slice, {@code [batch, seq?, vocabulary]}. */
    public NDArray logits(Tokens tokens) {
        return off(() -> run(tokens, new ResidualStream() {}, forward));
    }

    /** Runs the model as it is: logits at every position, {@code [batch, seq, vocabulary]}. */
    public NDArray forward(Tokens tokens) {
        return off(() -> run(tokens, new ResidualStream() {}, forward.with(OutputSlice.NONE)));
    }

    /**
     * What a run of the model as it is gives.
     *
     * @param sources the output of every source, {@code [source, batch, seq, d_model]}
     * @param logits at the output slice, {@code [batch, seq?, vocabulary]}
     */
    public record PlainRun(NDArray sources, NDArray logits) {}

    /** Runs the model as it is. */
    public PlainRun plainRun(Tokens tokens) {
        try (KeptArrays kept = new KeptArrays()) {
            RecordingStream stream = new RecordingStream(graph);
            NDArray logits = off(() -> {
                NDArray last = run(tokens, stream, forward);
                kept.keep(stream.sources());
                return last;
            });
            return new PlainRun(stream.sources(), logits);
        }
    }

    /** Runs the model as it is: what its sources write, for edges to carry. */
    public Patch patch(Tokens tokens) {
        try (KeptArrays kept = new KeptArrays()) {
            PlainRunPatch stream = new PlainRunPatch(graph, kept);
            return new Patch(stream, off(() -> run(tokens, stream, forward)));
        }
    }

    /** Runs the model as it is: the output of every source, {@code [source, batch, seq, d_model]}. */
    public NDArray sources(Tokens tokens) {
        return off(() -> {
            RecordingStream stream = new RecordingStream(graph);
            run(tokens, stream, forward.with(OutputSlice.LAST_SEQ));
            return stream.sources();
        });
    }

    /** The input to the first block, {@code [batch, seq, d_model]}. */
    public NDArray inputToEmbed(Tokens tokens) {
        return off(() -> wrapped.network().embed(tokens, forward));
    }

    /**
     * The logits of a run, with its named activations.
     *
     * @param logits at every position, {@code [batch, seq, vocabulary]}
     * @param cache each activation by TransformerLens' name, in the order of the pass; {@code attn.hook_q}, {@code hook_k},
     *     {@code hook_v} and {@code hook_z} are {@code [batch, head, seq, d_head]}, heads before positions
     */
    public record CachedRun(NDArray logits, Map<String, NDArray> cache) {}

    /** Runs the model as it is and keeps every named activation. */
    public CachedRun runWithCache(Tokens tokens) {
        Map<String, NDArray> cache = new LinkedHashMap<>();
        try (KeptArrays kept = new KeptArrays()) {
            Hooks recording = forward.hooks();
            for (String name : Hooks.names(config())) {
                recording = recording.with(name, (at, activation) -> {
                    cache.put(at, kept.keep(activation.duplicate()));
                    return activation;
                });
            }
            Forward whole = forward.with(OutputSlice.NONE).with(recording);
            return new CachedRun(off(() -> run(tokens, new ResidualStream() {}, whole)), cache);
        }
    }

    /**
     * The same model with one more hook.
     *
     * @param name TransformerLens' name of the activation that the hook sees
     * @throws InputException where the model has no such activation
     */
    public PatchableModel addHook(String name, ActivationHook hook) {
        List<String> names = Hooks.names(config());
        if (!names.contains(name)) {
            throw new InputException("No activation is named " + name + "; the model has " + String.join(", ", names));
        }
        return new PatchableModel(wrapped, graph, forward.with(forward.hooks().with(name, hook)));
    }

    /**
     * The same model with a backward pass that follows RelP's rules. Its forward pass differs by rounding alone.
     *
     * @throws IllegalArgumentException for a network that isn't a transformer decoder
     */
    public PatchableModel withRelevance(Set<RelevanceRule> rules) {
        Relevance relevance = new Relevance(rules);
        return new PatchableModel(wrapped.with(relevance), graph, relevance.in(forward, config().blocks()));
    }

    /** The same model without hooks. */
    public PatchableModel resetHooks() {
        return new PatchableModel(wrapped, graph, forward.with(Hooks.NONE));
    }

    /**
     * Runs the model with chosen edges patched.
     *
     * @param patch ablation activations, {@code [source, batch, seq, d_model]}
     * @param mask for each edge, how much of {@code patch} it carries instead of what its source writes in this run
     * @return logits at the output slice, {@code [batch, seq?, vocabulary]}
     */
    public NDArray runPatched(Tokens tokens, NDArray patch, EdgeMask mask) {
        return off(() -> run(tokens, new MaskedStream(graph, patch, mask), forward));
    }

    /** Runs the model as it is, with a hook, and backward from the mean of its logits. */
    void withGradients(Tokens tokens, String name, ActivationHook hook) {
        try (Autograd recording = Autograd.recording()) {
            Forward hooked = forward.with(forward.hooks().with(name, hook));
            Autograd.backward(run(tokens, new ResidualStream() {}, hooked).mean());
        }
    }

    /** The settings of its forward passes. */
    Forward settings() {
        return forward;
    }

    NDArray run(Tokens tokens, ResidualStream stream, Forward how) {
        return wrapped.network().run(tokens, stream, how);
    }

    static NDArray off(Supplier<NDArray> work) {
        try (Autograd off = Autograd.off()) {
            return KeptArrays.only(work);
        }
    }
}
