package io.edgewise.model;

import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.edgewise.TestDevice;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.GraphSpec.KeyValueEdges;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.model.layer.Tokens;
import io.edgewise.model.weights.Checkpoint;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.safetensors.FloatTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Small models of every family with random weights, in shapes that no golden has; Hugging Face's transformers made them. */
public final class RandomModels {
    public static final Path ROOT = Path.of("src/test/resources/huggingface");

    static final List<String> NAMES = List.of(
            "gemma",
            "gemma2",
            "gemma3",
            "gpt2",
            "gpt_neo",
            "gptj",
            "granite",
            "llama",
            "llama-linear",
            "llama-yarn",
            "mistral",
            "mixtral",
            "neox-parallel",
            "neox-sequential",
            "olmo2",
            "opt",
            "phi",
            "phi3",
            "qwen2",
            "qwen2_moe",
            "qwen3",
            "smollm3",
            "stablelm",
            "stablelm-sequential");

    private static final Set<String> ALL_HEADS_HAVE_KEYS =
            Set.of("gpt2", "gpt_neo", "gptj", "neox-parallel", "neox-sequential", "opt", "stablelm-sequential");

    private static final Map<String, Transformer> LOADED = new ConcurrentHashMap<>();

    private RandomModels() {}

    /** A model for patching. */
    public record Patched(String name, PatchableModel model, List<PromptBatch> batches) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Every model, with edges for each head's keys and values and for each group's. */
    public static Stream<Patched> all() {
        return NAMES.stream().flatMap(name -> Stream.of(KeyValueEdges.values())
                .filter(edges -> edges == KeyValueEdges.HEAD || !ALL_HEADS_HAVE_KEYS.contains(name))
                .map(edges -> new Patched(
                        name + " " + edges,
                        PatchableModel.of(load(name), new GraphSpec(true, true, edges, null), OutputSlice.LAST_SEQ),
                        batches())));
    }

    public static Transformer load(String name) {
        return LOADED.computeIfAbsent(
                name, each -> Transformer.load(Checkpoint.open(ROOT.resolve(each)), TestDevice.here(), 1));
    }

    /** A model's logits at every position, from token ids that a file of Hugging Face's logits has as numbers. */
    static float[] logits(Transformer transformer, FloatTensor tokens) {
        PatchableModel model = PatchableModel.of(transformer, GraphSpec.DEFAULT, OutputSlice.NONE);
        long[] ids = new long[tokens.values().length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (long) tokens.values()[i];
        }
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return model.logits(Tokens.of(model.create(ids, new Shape(tokens.shape()))))
                    .toFloatArray();
        }
    }

    private static List<PromptBatch> batches() {
        SplittableRandom random = new SplittableRandom(3);
        List<PromptBatch> batches = new ArrayList<>();
        for (int batch = 0; batch < 2; batch++) {
            List<PromptPair> pairs = new ArrayList<>();
            for (int prompt = 0; prompt < 3; prompt++) {
                pairs.add(PromptPair.of(
                        random.ints(7, 0, 53).boxed().toList(),
                        random.ints(7, 0, 53).boxed().toList(),
                        List.of(1),
                        List.of(2)));
            }
            batches.add(PromptBatch.of(batch, pairs));
        }
        return batches;
    }
}
