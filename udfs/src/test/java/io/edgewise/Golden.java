package io.edgewise;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.ablation.AblationType;
import io.edgewise.ablation.DatasetMean;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.Checkpoint;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchTotal;
import io.edgewise.safetensors.FloatTensor;
import io.edgewise.safetensors.Safetensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Numbers that AutoCircuit itself produced; the layout is explained in {@code src/test/resources/goldens/README.md}. */
public final class Golden {
    public static final Path DIRECTORY = Path.of("src/test/resources/goldens/tiny-gpt2");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Golden INSTANCE = new Golden();

    private final PatchableModel model;
    private final List<PromptBatch> batches;
    private final Map<String, FloatTensor> tensors;
    private final JsonNode info;

    private Golden() {
        try {
            model = PatchableModel.load(Checkpoint.open(DIRECTORY.resolve("model")), Device.cpu(), 1);
            batches = batches(JSON.readTree(DIRECTORY.resolve("prompts.json").toFile()));
            tensors = Safetensors.decode(
                    Files.readAllBytes(DIRECTORY.resolve("qkv/tensors.safetensors")), "tensors.safetensors");
            info = JSON.readTree(DIRECTORY.resolve("qkv/info.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static PatchableModel model() {
        return INSTANCE.model;
    }

    public static List<PromptBatch> batches() {
        return INSTANCE.batches;
    }

    public static JsonNode info() {
        return INSTANCE.info;
    }

    public static JsonNode graph() {
        try {
            return JSON.readTree(DIRECTORY.resolve("qkv/graph.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static FloatTensor tensor(String key) {
        FloatTensor tensor = INSTANCE.tensors.get(key);
        if (tensor == null) {
            throw new IllegalArgumentException("No golden tensor " + key);
        }
        return tensor;
    }

    /** The golden prune scores of a key, by destination module. */
    public static Map<String, FloatTensor> scores(String key) {
        ModelGraph graph = INSTANCE.model.graph();
        Map<String, FloatTensor> scores = new LinkedHashMap<>();
        graph.modules().forEach(module -> scores.put(module.name(), tensor("scores/" + key + "/" + module.name())));
        return scores;
    }

    /**
     * The ablation activations of a golden key's parts.
     *
     * @param side the prompts that an ablation of the batch is made of
     */
    public static AblationActivations ablation(String type, PromptSide side) {
        Ablation ablation = Ablation.of(AblationType.valueOf(type), side);
        if (ablation.type().meanOver().isEmpty()) {
            return AblationActivations.of(ablation);
        }
        PatchableModel model = model();
        int positions = batches().get(0).length();
        BatchTotal total = new BatchTotal();
        for (PromptBatch batch : batches()) {
            total.add(DatasetMean.sums(model, batch, ablation.type().meanOver(), positions));
        }
        int sources = model.graph().sources().size();
        return new AblationActivations(
                ablation, DatasetMean.of(sources, positions, model.config().modelWidth(), total.finish()));
    }

    private static List<PromptBatch> batches(JsonNode file) {
        int size = file.get("batch_size").asInt();
        List<PromptPair> pairs = new ArrayList<>();
        for (JsonNode prompt : file.get("prompts")) {
            pairs.add(new PromptPair(
                    ids(prompt.get("clean")),
                    ids(prompt.get("corrupt")),
                    ids(prompt.get("answers")),
                    ids(prompt.get("wrong_answers"))));
        }
        return IntStream.range(0, pairs.size() / size)
                .mapToObj(index -> PromptBatch.of(index, pairs.subList(index * size, (index + 1) * size)))
                .toList();
    }

    private static List<Integer> ids(JsonNode array) {
        List<Integer> ids = new ArrayList<>();
        array.forEach(id -> ids.add(id.asInt()));
        return ids;
    }
}
