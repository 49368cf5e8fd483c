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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The weights of a Hugging Face GPT-2 directory. Opening reads {@code config.json} and the header of {@code
 * model.safetensors} and checks that every tensor is there in the right shape; no weight is read yet.
 */
public final class Checkpoint {
    private static final String PREFIX = "transformer.";

    private final TransformerConfig config;
    private final SafetensorsFile file;
    private final String prefix;
    private final Map<String, long[]> shapes;

    private Checkpoint(TransformerConfig config, SafetensorsFile file) {
        this.config = config;
        this.file = file;
        this.prefix = file.tensor(PREFIX + "wte.weight") != null ? PREFIX : "";
        this.shapes = expectedShapes(config);
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

    private static Map<String, long[]> expectedShapes(TransformerConfig config) {
        long width = config.modelWidth();
        long mlpWidth = config.mlpWidth();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("wte.weight", new long[] {config.vocabulary(), width});
        shapes.put("wpe.weight", new long[] {config.positions(), width});
        for (int block = 0; block < config.blocks(); block++) {
            String h = "h." + block + ".";
            shapes.put(h + "ln_1.weight", new long[] {width});
            shapes.put(h + "ln_1.bias", new long[] {width});
            shapes.put(h + "attn.c_attn.weight", new long[] {width, 3 * width});
            shapes.put(h + "attn.c_attn.bias", new long[] {3 * width});
            shapes.put(h + "attn.c_proj.weight", new long[] {width, width});
            shapes.put(h + "attn.c_proj.bias", new long[] {width});
            shapes.put(h + "ln_2.weight", new long[] {width});
            shapes.put(h + "ln_2.bias", new long[] {width});
            shapes.put(h + "mlp.c_fc.weight", new long[] {width, mlpWidth});
            shapes.put(h + "mlp.c_fc.bias", new long[] {mlpWidth});
            shapes.put(h + "mlp.c_proj.weight", new long[] {mlpWidth, width});
            shapes.put(h + "mlp.c_proj.bias", new long[] {width});
        }
        shapes.put("ln_f.weight", new long[] {width});
        shapes.put("ln_f.bias", new long[] {width});
        return shapes;
    }
}
