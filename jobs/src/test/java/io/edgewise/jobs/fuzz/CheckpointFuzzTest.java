package io.edgewise.jobs.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.model.weights.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model's configuration, weights and index of shards: no weight is read before all of them fit together. */
class CheckpointFuzzTest {
    private static final String CONFIG = "config.json";
    private static final String WEIGHTS = "model.safetensors";
    private static final long MOST_BYTES = 64 << 20;

    @TempDir
    private Path temporary;

    @Test
    void configurationsThatDontDescribeTheWeightsAreRefused() {
        Wholes.copyOfModel(temporary, List.of(WEIGHTS));
        fuzz("config.json beside weights", CONFIG, Wholes.of(Wholes.MODEL.resolve(CONFIG)), Wholes.ofJson());
    }

    @Test
    void brokenWeightsAreReadOrRefused() {
        Wholes.copyOfModel(temporary, List.of(CONFIG));
        fuzz("model.safetensors", WEIGHTS, Wholes.of(Wholes.MODEL.resolve(WEIGHTS)), SafetensorsFuzzTest.mutations());
    }

    @Test
    void brokenIndexesAreReadOrRefused() throws IOException {
        Wholes.copyOfModel(temporary, List.of(CONFIG, WEIGHTS));
        Files.move(temporary.resolve(WEIGHTS), temporary.resolve("shard"));
        ObjectNode index = new ObjectMapper().createObjectNode();
        index.putObject("metadata").put("total_size", 1);
        index.putObject("weight_map").put("wte.weight", "shard").put("wpe.weight", "shard");
        fuzz("index of shards", WEIGHTS + ".index.json", Wholes.of(index.toString()), Wholes.ofJson());
    }

    private void fuzz(String format, String file, byte[] whole, List<Mutation> mutations) {
        new Fuzz(format, MOST_BYTES).run(List.of(whole), mutations, input -> {
            Files.write(temporary.resolve(file), input);
            Checkpoint.open(temporary);
        });
    }
}
