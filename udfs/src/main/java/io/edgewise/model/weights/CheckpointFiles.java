package io.edgewise.model.weights;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.json.StrictJson;
import io.edgewise.safetensors.SafetensorsFile;
import io.edgewise.safetensors.TensorEntry;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The safetensors files of a model directory: {@code model.safetensors}, or the shards that {@code
 * model.safetensors.index.json} names.
 *
 * @param byTensor which file holds a tensor
 */
record CheckpointFiles(List<SafetensorsFile> files, Map<String, SafetensorsFile> byTensor) {
    private static final String WHOLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final int MOST_BYTES = 100_000_000;

    CheckpointFiles {
        files = List.copyOf(files);
        byTensor = Map.copyOf(byTensor);
    }

    /** @throws InputException where a file is missing or broken */
    static CheckpointFiles open(Path directory) {
        Path index = directory.resolve(INDEX);
        List<SafetensorsFile> files = Files.isRegularFile(directory.resolve(WHOLE)) || !Files.isRegularFile(index)
                ? List.of(SafetensorsFile.open(directory.resolve(WHOLE)))
                : shards(directory, index);
        Map<String, SafetensorsFile> byTensor = new TreeMap<>();
        for (SafetensorsFile file : files) {
            file.tensors().keySet().forEach(name -> byTensor.put(name, file));
        }
        return new CheckpointFiles(files, byTensor);
    }

    private static List<SafetensorsFile> shards(Path directory, Path index) {
        TreeSet<String> names = new TreeSet<>();
        for (JsonNode name : StrictJson.read(index, MOST_BYTES).path("weight_map")) {
            if (!name.isTextual()) {
                throw notBeside(index, name.toString());
            }
            names.add(name.asText());
        }
        if (names.isEmpty()) {
            throw new InputException(index + " has no weight_map that names files");
        }
        return names.stream().map(name -> shard(directory, index, name)).toList();
    }

    /** A shard, which must lie in the directory of its index. */
    private static SafetensorsFile shard(Path directory, Path index, String name) {
        if (name.isEmpty() || name.contains("/") || name.contains("\\") || name.equals("..")) {
            throw notBeside(index, name);
        }
        try {
            return SafetensorsFile.open(directory.resolve(name));
        } catch (InvalidPathException e) {
            throw notBeside(index, name);
        }
    }

    private static InputException notBeside(Path index, String name) {
        return new InputException(index + " names the file " + name + "; wanted the name of a file beside it");
    }

    /** The file that holds a tensor; null where no file does. */
    @Nullable
    SafetensorsFile fileOf(String tensor) {
        return byTensor.get(tensor);
    }

    @Nullable
    TensorEntry tensor(String name) {
        SafetensorsFile file = byTensor.get(name);
        return file == null ? null : file.tensor(name);
    }
}
