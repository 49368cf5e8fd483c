package io.edgewise.model.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.edgewise.InputException;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.torch.HalfPrecision;
import io.edgewise.safetensors.SafetensorsFile;
import io.edgewise.safetensors.TensorEntry;
import io.edgewise.safetensors.TensorType;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The weights of a model directory. Opening reads {@code config.json} and the headers of the safetensors files and checks that
 * every tensor is there in the right shape and of a type that can be read; no weight is read yet.
 */
public final class Checkpoint implements WeightSource {
    private static final Set<TensorType> TYPES = EnumSet.of(TensorType.F32, TensorType.F16, TensorType.BF16);

    private final Path directory;
    private final TransformerConfig config;
    private final CheckpointFiles files;
    private final Map<String, long[]> shapes;

    private Checkpoint(Path directory, TransformerConfig config, CheckpointFiles files) {
        this.directory = directory;
        this.config = config;
        this.files = files;
        this.shapes = WeightLayout.shapes(config);
    }

    /**
     * Opens a model directory.
     *
     * @throws InputException where a file is missing, broken, or of a model that isn't supported
     */
    public static Checkpoint open(Path modelDirectory) {
        OtherFormats.refuse(modelDirectory);
        TransformerConfig config = TransformerConfig.read(modelDirectory);
        Checkpoint checkpoint = new Checkpoint(modelDirectory, config, CheckpointFiles.open(modelDirectory));
        checkpoint.shapes.forEach(checkpoint::check);
        checkpoint.checkUnembedding();
        return checkpoint;
    }

    @Override
    public TransformerConfig config() {
        return config;
    }

    public Path directory() {
        return directory;
    }

    /** The files that hold the weights. */
    public List<Path> files() {
        return files.files().stream().map(SafetensorsFile::path).toList();
    }

    /** Loads a weight as float32: memory-mapped on a CPU where it is stored as float32, else converted. The manager owns it. */
    @Override
    public NDArray load(NDManager manager, String name) {
        TensorEntry tensor = check(name, Objects.requireNonNull(shapes.get(name), name));
        ByteBuffer mapped = map(tensor);
        Shape shape = new Shape(tensor.shapeArray());
        return tensor.type() == TensorType.F32
                ? manager.create(mapped, shape, DataType.FLOAT32)
                : HalfPrecision.of(tensor.type()).read(manager, mapped, shape);
    }

    /** Refuses an unembedding beside an embedding that has to serve for both: transformers 4 reads the one, transformers 5 the other. */
    private void checkUnembedding() {
        String name = config.format().unembedding();
        TensorEntry own = files.tensor(name);
        if (!config.embedding().isTied() || own == null) {
            return;
        }
        String embedding = config.format().embedding();
        TensorEntry shared = check(embedding, Objects.requireNonNull(shapes.get(embedding)));
        if (own.type() != shared.type() || !map(own).equals(map(shared))) {
            throw new InputException(directory + " has a tensor " + name + " that differs from " + shared.name()
                    + ", and config.json ties the two; set tie_word_embeddings to false, or leave the tensor out");
        }
    }

    private ByteBuffer map(TensorEntry tensor) {
        return Objects.requireNonNull(files.fileOf(tensor.name())).map(tensor);
    }

    private TensorEntry check(String name, long[] shape) {
        String whole = config.format().prefix() + name;
        TensorEntry tensor = files.tensor(whole) == null ? files.tensor(name) : files.tensor(whole);
        if (tensor == null) {
            String either = whole.equals(name) ? whole : whole + " or " + name;
            throw new InputException(
                    directory + " has no tensor " + either + "; config.json describes a model that has one");
        }
        if (!Arrays.equals(tensor.shapeArray(), shape)) {
            throw new InputException(directory + " has tensor " + tensor.name() + " of shape " + tensor.shape()
                    + "; config.json asks for " + Arrays.toString(shape));
        }
        if (!TYPES.contains(tensor.type())) {
            throw new InputException(directory + " has tensor " + tensor.name() + " of type " + tensor.type()
                    + "; supported are F32, F16, BF16");
        }
        return tensor;
    }
}
