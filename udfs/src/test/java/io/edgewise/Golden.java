package io.edgewise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.ablation.AblationType;
import io.edgewise.ablation.DatasetMean;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.ModelGraph;
import io.edgewise.metric.CircuitMetric;
import io.edgewise.metric.MeanSquaredError;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.Transformer;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.model.weights.Checkpoint;
import io.edgewise.prompt.AnswerKind;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchTotal;
import io.edgewise.safetensors.FloatTensor;
import io.edgewise.safetensors.Safetensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Numbers that AutoCircuit itself produced, for one model and one kind of graph; the layout is explained in {@code
 * src/test/resources/goldens/README.md}.
 */
public final class Golden {
    public static final Path ROOT = Path.of("src/test/resources/goldens");

    /** All that are here. */
    public static final List<String> VARIANTS = List.of(
            "micro/default",
            "micro/tok",
            "micro/node",
            "tiny-gpt2/qkv",
            "tiny-gpt2/attn_in",
            "tiny-gpt2/tok",
            "tiny-gpt2/node",
            "tiny-gpt2/noslice",
            "tiny-gpt2/multi",
            "tiny-gpt2/ragged",
            "tiny-gpt2/padded",
            "tiny-gpt2/kvcache",
            "tiny-attn-only/qkv",
            "tiny-attn-only/attn_in",
            "tiny-attn-only/tok",
            "tracr-reverse/qkv",
            "tracr-reverse/tok",
            "tiny-neox/qkv",
            "tiny-neox/attn_in",
            "tiny-neox/tok",
            "tiny-llama/qkv",
            "tiny-llama/attn_in",
            "tiny-llama/tok",
            "tiny-qwen2/qkv",
            "tiny-qwen2/attn_in",
            "tiny-qwen2/tok");

    /** AutoCircuit's sources don't add up to the residual in these: only whole runs are an oracle. */
    public static final List<String> POST_NORM_VARIANTS = List.of("tiny-gemma2/qkv", "tiny-gemma2/attn_in");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Golden> LOADED = new ConcurrentHashMap<>();
    private static final Map<String, Transformer> WEIGHTS = new ConcurrentHashMap<>();

    private final String variant;
    private final PatchableModel model;
    private final List<PromptBatch> batches;
    private final Map<String, FloatTensor> tensors;
    private final JsonNode info;
    private final JsonNode graph;

    private Golden(String variant) {
        this.variant = variant;
        Path directory = ROOT.resolve(variant);
        graph = json(directory.resolve("graph.json"));
        info = json(directory.resolve("info.json"));
        tensors = tensors(directory.resolve("tensors.safetensors"));
        GoldenPrompts prompts = GoldenPrompts.of(variant);
        batches = prompts.batches(slice(), AnswerKind.TOKENS);
        if (variant.startsWith("micro/")) {
            model = prompts.microModel(spec(), slice());
        } else {
            PatchableModel whole = PatchableModel.of(weights(modelName()), spec(), slice());
            model = prompts.prefix().isEmpty() ? whole : whole.withPrefix(prompts.prefix());
        }
    }

    public static Golden of(String variant) {
        return LOADED.computeIfAbsent(variant, Golden::new);
    }

    /** The one with everything at its default. */
    public static Golden tinyGpt2() {
        return of("tiny-gpt2/qkv");
    }

    public static Transformer weights(String model) {
        return WEIGHTS.computeIfAbsent(
                model,
                name -> Transformer.load(Checkpoint.open(ROOT.resolve(name).resolve("model")), TestDevice.here(), 1));
    }

    private String modelName() {
        return variant.substring(0, variant.indexOf('/'));
    }

    private GraphSpec spec() {
        return new GraphSpec(
                graph.get("is_factorized").asBoolean(),
                graph.get("separate_qkv").asBoolean(true),
                GraphSpec.KeyValueEdges.HEAD,
                graph.get("seq_len").isNull() ? null : graph.get("seq_len").asInt());
    }

    private OutputSlice slice() {
        return switch (graph.get("out_slice").asText()) {
            case "(slice(None, None, None), -1)" -> OutputSlice.LAST_SEQ;
            case "(slice(None, None, None), slice(1, None, None))" -> OutputSlice.NOT_FIRST_SEQ;
            case "(slice(None, None, None),)" -> OutputSlice.NONE;
            default -> throw new IllegalArgumentException(graph.get("out_slice").asText());
        };
    }

    public PatchableModel model() {
        return model;
    }

    public List<PromptBatch> batches() {
        return batches;
    }

    /** The prompts whose answers are numbers. */
    public List<PromptBatch> batchesWithTargets() {
        return GoldenPrompts.read(modelName() + "/prompts_mse.json").batches(slice(), AnswerKind.VALUES);
    }

    public JsonNode info() {
        return info;
    }

    public JsonNode graph() {
        return graph;
    }

    public boolean has(String key) {
        return tensors.containsKey(key);
    }

    public FloatTensor tensor(String key) {
        FloatTensor tensor = tensors.get(key);
        if (tensor == null) {
            throw new IllegalArgumentException("No golden tensor " + key);
        }
        return tensor;
    }

    public Stream<String> scoreKeys() {
        return StreamSupport.stream(info.get("score_keys").spliterator(), false).map(JsonNode::asText);
    }

    /** The golden prune scores of a key, by destination module. */
    public Map<String, FloatTensor> scores(String key) {
        return byModule("scores/" + key + "/");
    }

    /** A tensor for each destination module. */
    public Map<String, FloatTensor> byModule(String at) {
        ModelGraph modelGraph = model.graph();
        Map<String, FloatTensor> found = new LinkedHashMap<>();
        modelGraph.modules().forEach(module -> found.put(module.name(), tensor(at + module.name())));
        return found;
    }

    /**
     * The ablation activations of a golden key's parts.
     *
     * @param side the prompts that an ablation of the batch is made of
     */
    public AblationActivations ablation(String type, PromptSide side) {
        Ablation ablation = Ablation.of(AblationType.valueOf(type), side);
        if (ablation.type().meanOver().isEmpty()) {
            return AblationActivations.of(ablation);
        }
        int positions = batches().get(0).length();
        BatchTotal total = new BatchTotal();
        for (PromptBatch batch : batches()) {
            total.add(DatasetMean.sums(
                    model, BatchPieces.whole(batch), ablation.type().meanOver(), positions));
        }
        int sources = model.graph().sources().size();
        return new AblationActivations(
                ablation, DatasetMean.of(sources, positions, model.config().modelWidth(), total.finish()));
    }

    private static Map<String, FloatTensor> tensors(Path file) {
        try {
            return Safetensors.decode(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return variant;
    }

    /** All metrics of answers that are tokens. */
    public static List<CircuitMetric> metrics() {
        return CircuitMetric.all().stream()
                .filter(metric -> !(metric instanceof MeanSquaredError))
                .toList();
    }
}
