package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.edgewise.InputException;
import io.edgewise.safetensors.SafetensorsFile;
import io.edgewise.safetensors.TensorEntry;
import io.edgewise.safetensors.TensorType;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * The weights of a model directory. Opening reads {@code config.json} and the header of {@code
 * model.safetensors} and checks that every tensor is there in the right shape; no weight is read yet.
 */
public final class Checkpoint {
    private final TransformerConfig config;
    private final SafetensorsFile file;
    private final String prefix;
    private final Map<String, long[]> shapes;

    private Checkpoint(TransformerConfig config, SafetensorsFile file) {
        this.config = config;
        this.file = file;
        this.shapes = config.format().shapes(config);
        String longer = config.format().prefix();
        String first = shapes.keySet().iterator().next();
        this.prefix = file.tensor(longer + first) != null ? longer : "";
    }

    /**
     * Opens a model directory.
     *
     * @throws InputException where a file is missing, broken, or of a model that isn't supported
     */
    public static Checkpoint open(Path modelDirectory) {
        TransformerConfig config = TransformerConfig.read(modelDirectory);
        SafetensorsFile file = SafetensorsFile.open(modelDirectory.resolve("model.safetensors"));
        Checkpoint checkpoint = new Checkpoint(config, file);
        checkpoint.shapes.forEach(checkpoint::check);
        return checkpoint;
    }

    public TransformerConfig config() {
        return config;
    }

    /** The file that holds the weights. */
    public Path file() {
        return file.path();
    }

    /** Loads a weight, memory-mapped on a CPU and copied to a GPU. The manager owns it. */
    NDArray load(NDManager manager, String name) {
        TensorEntry tensor = check(name, Objects.requireNonNull(shapes.get(name), name));
        ByteBuffer mapped = file.map(tensor);
        NDArray weight = manager.create(mapped, new Shape(tensor.shapeArray()), DataType.FLOAT32);
        weight.setName(name);
        return weight;
    }

    private TensorEntry check(String name, long[] shape) {
        TensorEntry tensor = file.tensor(prefix + name);
        if (tensor == null) {
            throw new InputException(
                    file.path() + " has no tensor " + prefix + name + "; config.json describes a model that has one");
        }
        if (!Arrays.equals(tensor.shapeArray(), shape)) {
            throw new InputException(file.path() + " has tensor " + prefix + name + " of shape " + tensor.shape()
                    + "; config.json asks for " + Arrays.toString(shape));
        }
        if (tensor.type() != TensorType.F32) {
            throw new InputException(
                    file.path() + " has tensor " + prefix + name + " of type " + tensor.type() + "; supported is F32");
        }
        return tensor;
    }
}
