package io.edgewise.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.ModelGraph;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A decoder that can be run with any of its edges patched; AutoCircuit's {@code PatchableModel}.
 *
 * <p>Safe for use by several threads. Every array that a method returns belongs to the {@link NDScope} that is open on the
 * calling thread, which frees it; a method called without one leaks. Logits are those at the last position.
 */
public final class PatchableModel implements AutoCloseable {
    private final TransformerConfig config;
    private final ModelGraph graph;
    private final NDManager manager;
    private final Decoder decoder;
    private final List<Attention> attentions;

    private PatchableModel(TransformerConfig config, NDManager manager, Decoder decoder) {
        this.config = config;
        this.graph = config.graph();
        this.manager = manager;
        this.decoder = decoder;
        this.attentions =
                decoder.blocks().stream().map(Decoder.Block::attention).toList();
    }

    /**
     * Loads a model's weights onto a device: memory-mapped on a CPU.
     *
     * @param threads threads that one PyTorch operation may use; settled for the JVM by the first model
     */
    public static PatchableModel load(Checkpoint checkpoint, Device device, int threads) {
        TorchRuntime.start(threads);
        NDManager manager = NDManager.newBaseManager(device, "PyTorch");
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Decoder decoder = new Decoder(checkpoint, manager);
            manager.getManagedArrays().forEach(NDScope::unregister);
            return new PatchableModel(checkpoint.config(), manager, decoder);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    public TransformerConfig config() {
        return config;
    }

    public ModelGraph graph() {
        return graph;
    }

    /** Native arrays that the model holds: its weights, and whatever was made and not freed. */
    public int arrayCount() {
        return manager.getManagedArrays().size();
    }

    /** Token ids of one side of a batch, {@code [batch, seq]}. */
    public NDArray tokens(PromptBatch batch, PromptSide side) {
        return tokens(batch.tokens(side), new Shape(batch.size(), batch.length()));
    }

    NDArray tokens(long[] ids, Shape shape) {
        return manager.create(ids, shape);
    }

    /** A matrix or vector of the caller's on the model's device. */
    public NDArray create(float[] values, Shape shape) {
        return manager.create(values, shape).duplicate();
    }

    /**
     * What a plain run gives.
     *
     * @param logits {@code [batch, vocabulary]}
     * @param sources the output of every source, {@code [source, batch, seq, d_model]}
     */
    public record PlainRun(NDArray logits, NDArray sources) {}

    /** Zeros on the model's device. */
    public NDArray zeros(Shape shape) {
        return manager.zeros(shape);
    }

    /** Runs the model as it is: logits {@code [batch, vocabulary]}. */
    public NDArray logits(NDArray tokens) {
        try (Autograd off = Autograd.off()) {
            return KeptArrays.only(() -> decoder.run(tokens, new ResidualStream() {}));
        }
    }

    /** Runs the model as it is: the output of every source, {@code [source, batch, seq, d_model]}. */
    public NDArray sources(NDArray tokens) {
        try (Autograd off = Autograd.off()) {
            return KeptArrays.only(() -> {
                RecordingStream stream = new RecordingStream(graph);
                decoder.run(tokens, stream);
                return stream.sources();
            });
        }
    }

    /**
     * Runs the model with chosen edges patched.
     *
     * @param tokens {@code [batch, seq]}
     * @param patch ablation activations, {@code [source, batch, seq, d_model]}
     * @param mask the edges that carry {@code patch} instead of what their source writes in this run
     * @return logits {@code [batch, vocabulary]}
     */
    public NDArray runPatched(NDArray tokens, NDArray patch, EdgeMask mask) {
        try (Autograd off = Autograd.off()) {
            return KeptArrays.only(() -> decoder.run(tokens, new MaskedStream(graph, patch, mask)));
        }
    }

    /**
     * The gradient of a loss with respect to the mask of every edge, all masks at one value.
     *
     * @param tokens {@code [batch, seq]}
     * @param patch ablation activations, {@code [source, batch, seq, d_model]}
     * @param mask 0 leaves every edge, 1 patches it whole
     * @param loss makes one number of the logits {@code [batch, vocabulary]}
     * @return one number an edge, in the canonical order of {@link ModelGraph}
     */
    public double[] maskGradients(NDArray tokens, NDArray patch, double mask, UnaryOperator<NDArray> loss) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            try (UniformStream stream = new UniformStream(graph, patch, mask)) {
                try (Autograd recording = Autograd.recording()) {
                    Autograd.backward(loss.apply(decoder.run(tokens, stream)));
                }
                try (Autograd off = Autograd.off()) {
                    return stream.maskGradients(attentions);
                }
            }
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
