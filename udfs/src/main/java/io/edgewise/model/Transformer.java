package io.edgewise.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.layer.Decoder;
import io.edgewise.model.layer.Network;
import io.edgewise.model.layer.Relevance;
import io.edgewise.model.torch.ComputeType;
import io.edgewise.model.torch.TorchRuntime;
import io.edgewise.model.weights.Checkpoint;
import io.edgewise.model.weights.RandomWeights;
import io.edgewise.model.weights.WeightLayout;
import io.edgewise.model.weights.WeightSource;
import io.edgewise.model.weights.Weights;
import io.edgewise.prompt.Tokenizer;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A decoder with its weights on a device, which a {@link PatchableModel} wraps. Weights are loaded once and shared by all models that wrap
 * them. Safe for use by several threads.
 */
public final class Transformer implements AutoCloseable {
    private final TransformerConfig config;
    private final NDManager manager;
    private final Network network;
    private final @Nullable Path directory;
    private @Nullable Tokenizer tokenizer;
    private boolean isTokenizerRead;

    /** @param directory where the tokenizer is; null for a model without one */
    Transformer(TransformerConfig config, NDManager manager, Network network, @Nullable Path directory) {
        this.config = config;
        this.manager = manager;
        this.network = network;
        this.directory = directory;
    }

    /**
     * Loads a model's weights onto a device as float32. On a CPU, weights that are stored as float32 are memory-mapped.
     *
     * @param threads threads that one PyTorch operation may use; decided for the JVM by the first model
     */
    public static Transformer load(Checkpoint checkpoint, Device device, int threads) {
        return load(checkpoint, device, threads, ComputeType.FLOAT32);
    }

    /**
     * Loads a model's weights onto a device.
     *
     * @param threads threads that one PyTorch operation may use; decided for the JVM by the first model
     * @param type of the matrices and their products
     */
    public static Transformer load(Checkpoint checkpoint, Device device, int threads, ComputeType type) {
        TorchRuntime.start(threads);
        return load(checkpoint, checkpoint.directory(), device, type);
    }

    /** A model of a given shape in float32, with untrained random weights, the same each time. Sets PyTorch's random seed. */
    public static Transformer random(TransformerConfig config, Device device, int threads) {
        return random(config, device, threads, ComputeType.FLOAT32);
    }

    /**
     * A model of a given shape, with untrained random weights, the same each time. Sets PyTorch's random seed.
     *
     * @param type of the matrices and their products
     */
    public static Transformer random(TransformerConfig config, Device device, int threads, ComputeType type) {
        TorchRuntime.start(threads);
        Engine.getEngine("PyTorch").setRandomSeed(RandomWeights.SEED);
        return load(new RandomWeights(config), null, device, type);
    }

    /** How many GPUs PyTorch sees. */
    public static int gpus(int threads) {
        TorchRuntime.start(threads);
        return Engine.getEngine("PyTorch").getGpuCount();
    }

    private static Transformer load(WeightSource source, @Nullable Path directory, Device device, ComputeType type) {
        NDManager manager = NDManager.newBaseManager(device, "PyTorch");
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Decoder decoder = WeightLayout.decoder(new Weights(source, manager, type));
            manager.getManagedArrays().forEach(NDScope::unregister);
            return new Transformer(source.config(), manager, decoder, directory);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    public TransformerConfig config() {
        return config;
    }

    /** Where the weights are and everything is computed. */
    public Device device() {
        return manager.getDevice();
    }

    /** The tokenizer of the model's directory, read on the first call; empty where it has none. */
    public synchronized Optional<Tokenizer> tokenizer() {
        if (!isTokenizerRead) {
            tokenizer = directory == null ? null : Tokenizer.read(directory).orElse(null);
            isTokenizerRead = true;
        }
        return Optional.ofNullable(tokenizer);
    }

    /** The token that stands for padding; it is masked wherever it could count. */
    int paddingToken() {
        Integer padding = tokenizer().map(Tokenizer::padding).orElse(null);
        return padding == null ? 0 : padding;
    }

    /** How many native arrays the model holds: its weights, and arrays that were made and not freed. */
    public int arrayCount() {
        return manager.getManagedArrays().size();
    }

    Network network() {
        return network;
    }

    /**
     * A decoder on the same weights, which belong to this one, with other rules for its backward pass.
     *
     * @throws IllegalArgumentException for another network
     */
    Transformer with(Relevance relevance) {
        if (network instanceof Decoder decoder) {
            return new Transformer(config, manager, relevance.of(decoder), directory);
        }
        throw new IllegalArgumentException("RelP has rules for transformer decoders alone");
    }

    /** An array of token ids in PyTorch's own memory, as everything in a graph of gradients must be. */
    NDArray ids(long[] ids, Shape shape) {
        return manager.create(ids, shape).duplicate();
    }

    /** An array in PyTorch's own memory: a graph of gradients would not keep a Java buffer alive. */
    NDArray create(float[] values, Shape shape) {
        return manager.create(values, shape).duplicate();
    }

    NDArray zeros(Shape shape) {
        return manager.zeros(shape);
    }

    @Override
    public synchronized void close() {
        manager.close();
        if (tokenizer != null) {
            tokenizer.close();
        }
    }
}
