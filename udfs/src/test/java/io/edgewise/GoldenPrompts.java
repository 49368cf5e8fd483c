package io.edgewise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.edgewise.graph.GraphSpec;
import io.edgewise.model.MicroModel;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.prompt.AnswerKind;
import io.edgewise.prompt.BosRule;
import io.edgewise.prompt.ParsedPrompt;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptNeeds;
import io.edgewise.prompt.PromptPair;
import io.edgewise.prompt.PromptParser;
import io.edgewise.prompt.PromptRules;
import io.edgewise.prompt.PromptText;
import io.edgewise.prompt.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * The prompts that goldens were made with.
 *
 * @param prompts as they stand in the file; of the micro model with a token for each vector
 * @param vectors of the micro model's tokens
 * @param prefixLength tokens at the beginning that all prompts share and the batches don't hold
 */
record GoldenPrompts(List<String> prompts, List<float[]> vectors, int prefixLength) {
    private static final int BATCH_SIZE = 4;

    static GoldenPrompts of(String variant) {
        String model = variant.substring(0, variant.indexOf('/'));
        String kind = variant.substring(variant.indexOf('/') + 1);
        return switch (kind) {
            case "multi", "ragged", "noslice", "padded" -> read(model + "/prompts_" + kind + ".json");
            case "kvcache" ->
                new GoldenPrompts(read(model + "/prompts_kvcache.json").prompts(), List.of(), 4);
            default -> read(model + "/prompts.json");
        };
    }

    static GoldenPrompts read(String file) {
        JsonNode prompts = Golden.json(Golden.ROOT.resolve(file)).get("prompts");
        if (!file.startsWith("micro/")) {
            return new GoldenPrompts(texts(prompts), List.of(), 0);
        }
        List<float[]> vectors = new ArrayList<>();
        for (JsonNode prompt : prompts) {
            for (String side : List.of("clean", "corrupt")) {
                ArrayNode tokens = (ArrayNode) prompt.get(side);
                for (int position = 0; position < tokens.size(); position++) {
                    JsonNode vector = tokens.get(position);
                    vectors.add(new float[] {
                        vector.get(0).floatValue(), vector.get(1).floatValue()
                    });
                    tokens.set(position, vectors.size() - 1);
                }
            }
        }
        return new GoldenPrompts(texts(prompts), vectors, 0);
    }

    private static List<String> texts(JsonNode prompts) {
        return StreamSupport.stream(prompts.spliterator(), false)
                .map(JsonNode::toString)
                .toList();
    }

    List<PromptBatch> batches(OutputSlice slice, AnswerKind kind) {
        Tokenizer tokenizer =
                Tokenizer.read(Golden.ROOT.resolve("tiny-gpt2/model")).orElseThrow();
        PromptRules rules = new PromptRules(1_000, 100, 64, PromptNeeds.answers(kind, "the golden"), slice::positions);
        PromptParser parser = new PromptParser(tokenizer, BosRule.AUTO, rules);
        List<PromptPair> pairs = prompts.stream()
                .map(PromptText::of)
                .map(parser::parse)
                .map(parsed -> {
                    if (parsed instanceof ParsedPrompt.Usable usable) {
                        return usable.pair().without(prefixLength);
                    }
                    throw new IllegalArgumentException(parsed.toString());
                })
                .toList();
        int longest = pairs.stream().mapToInt(PromptPair::length).max().orElseThrow();
        return IntStream.range(0, pairs.size() / BATCH_SIZE)
                .mapToObj(index ->
                        PromptBatch.of(index, pairs.subList(index * BATCH_SIZE, (index + 1) * BATCH_SIZE), longest))
                .toList();
    }

    /** The tokens that all prompts share, whose keys and values are kept. */
    List<Integer> prefix() {
        if (prefixLength == 0) {
            return List.of();
        }
        GoldenPrompts whole = new GoldenPrompts(prompts, List.of(), 0);
        return whole.batches(OutputSlice.LAST_SEQ, AnswerKind.TOKENS)
                .get(0)
                .pairs()
                .get(0)
                .clean()
                .subList(0, prefixLength);
    }

    PatchableModel microModel(GraphSpec spec, OutputSlice slice) {
        // The weights of goldens/micro/model, the same in both blocks.
        List<float[]> weights = Arrays.asList(new float[] {1, 2, 3, 4}, new float[] {1, 2, 3, 4});
        return MicroModel.of(vectors, weights, spec, slice);
    }
}
