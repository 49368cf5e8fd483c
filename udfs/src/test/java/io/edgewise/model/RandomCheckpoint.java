package io.edgewise.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.weights.WeightLayout;
import io.edgewise.safetensors.TensorType;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Writes the weights of a model that nobody trained beside its {@code config.json}, in as many shards as asked for. From the
 * command line: {@code RandomCheckpoint DIRECTORY TYPE SHARDS}.
 */
public final class RandomCheckpoint {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RandomCheckpoint() {}

    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]), TensorType.valueOf(args[1]), Integer.parseInt(args[2]), 1);
    }

    /**
     * Writes random weights for the config that lies in a directory.
     *
     * @param type F32 or BF16
     */
    public static void write(Path directory, TensorType type, int shards, long seed) throws IOException {
        TransformerConfig config = TransformerConfig.read(directory);
        List<Map<String, long[]>> parts = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            parts.add(new LinkedHashMap<>());
        }
        int next = 0;
        for (Map.Entry<String, long[]> tensor : WeightLayout.shapes(config).entrySet()) {
            boolean isUnembedding =
                    tensor.getKey().startsWith("lm_head") || tensor.getKey().startsWith("embed_out");
            String name = isUnembedding ? tensor.getKey() : config.format().prefix() + tensor.getKey();
            parts.get(next++ % shards).put(name, tensor.getValue());
        }
        SplittableRandom random = new SplittableRandom(seed);
        ObjectNode index = JSON.createObjectNode();
        ObjectNode files = index.putObject("weight_map");
        for (int shard = 0; shard < shards; shard++) {
            String file = shards == 1
                    ? "model.safetensors"
                    : String.format("model-%05d-of-%05d.safetensors", shard + 1, shards);
            writeShard(directory.resolve(file), parts.get(shard), type, random);
            parts.get(shard).keySet().forEach(name -> files.put(name, file));
        }
        if (shards > 1) {
            Files.writeString(directory.resolve("model.safetensors.index.json"), index.toString());
        }
    }

    private static void writeShard(Path file, Map<String, long[]> shapes, TensorType type, SplittableRandom random)
            throws IOException {
        ObjectNode header = JSON.createObjectNode();
        long offset = 0;
        for (Map.Entry<String, long[]> tensor : shapes.entrySet()) {
            ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", type.name());
            ArrayNode shape = entry.putArray("shape");
            long elements = 1;
            for (long axis : tensor.getValue()) {
                shape.add(axis);
                elements *= axis;
            }
            entry.putArray("data_offsets").add(offset).add(offset + elements * type.bytes());
            offset += elements * type.bytes();
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            DataOutputStream length = new DataOutputStream(out);
            length.writeLong(Long.reverseBytes(json.length));
            length.write(json);
            for (Map.Entry<String, long[]> tensor : shapes.entrySet()) {
                writeTensor(out, tensor.getKey(), tensor.getValue(), type, random);
            }
        }
    }

    /** Norms are about one, matrices such that what they give is about as large as what they get. */
    private static void writeTensor(
            OutputStream out, String name, long[] shape, TensorType type, SplittableRandom random) throws IOException {
        boolean isNorm = name.contains("norm") && name.endsWith("weight");
        long elements = 1;
        for (long axis : shape) {
            elements *= axis;
        }
        double width = isNorm || shape.length == 1 ? 0.2 : 1.7 / Math.sqrt((double) shape[shape.length - 1]);
        for (long i = 0; i < elements; i++) {
            float value = (float) ((isNorm ? 1 : 0) + width * (2 * random.nextDouble() - 1));
            int bits = Float.floatToIntBits(value) >> (type == TensorType.BF16 ? 16 : 0);
            for (int at = 0; at < type.bytes(); at++) {
                out.write(bits >> (8 * at));
            }
        }
    }
}
