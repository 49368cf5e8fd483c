package io.edgewise.score.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.Golden;
import io.edgewise.Third;
import io.edgewise.graph.ModelGraph;
import io.edgewise.prompt.PromptSide;
import io.edgewise.safetensors.FloatTensor;
import io.edgewise.safetensors.Safetensors;
import io.edgewise.score.PruneScores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The scores of AutoCircuit's own training, with mask functions that aren't random. */
class MaskTrainingGoldenTest {
    private static final double CLOSE = 1e-4;

    static Stream<Arguments> aThird() {
        return Third.of(cases());
    }

    static Stream<Arguments> theOthers() {
        return Third.others(cases());
    }

    private static Stream<Arguments> cases() {
        return Stream.of("tiny-gpt2", "tiny-llama", "tiny-neox").flatMap(model -> {
            Iterable<String> names = () -> settings(model).fieldNames();
            return StreamSupport.stream(names.spliterator(), false).map(name -> Arguments.of(model, name));
        });
    }

    private static JsonNode settings(String model) {
        try {
            return new ObjectMapper().readTree(file(model, "json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(String model, String type) {
        return Golden.ROOT.resolve(model + "/methods/probing." + type);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("theOthers")
    void allScoresAreAutoCircuits(String model, String name) throws IOException {
        scoresAreAutoCircuits(model, name);
    }

    @ParameterizedTest
    @MethodSource("aThird")
    void scoresAreAutoCircuits(String model, String name) throws IOException {
        Golden golden = Golden.of(model + "/qkv");
        ModelGraph graph = golden.model().graph();
        Map<String, FloatTensor> all = Safetensors.decode(Files.readAllBytes(file(model, "safetensors")), model);
        Map<String, FloatTensor> expected = new LinkedHashMap<>();
        graph.modules().forEach(module -> expected.put(module.name(), all.get(name + "/" + module.name())));
        JsonNode options = settings(model).get(name);
        double[] actual = options.has("circuit_sizes")
                ? ofSmallestCircuits(golden, options)
                : scores(golden, options, size(options.get("circuit_size").asText()));
        PruneScores wanted = PruneScores.fromTensors(graph, expected, name);
        for (int edge = 0; edge < actual.length; edge++) {
            assertThat(actual[edge]).as("%s", graph.edge(edge)).isCloseTo(wanted.get(edge), within(CLOSE));
        }
    }

    private static double[] ofSmallestCircuits(Golden golden, JsonNode options) {
        List<Integer> sizes = Arrays.stream(options.get("circuit_sizes")
                        .asText()
                        .replaceAll("[^0-9,]", "")
                        .split(",", -1))
                .map(Integer::valueOf)
                .toList();
        return new SmallestCircuits(sizes)
                .scores(sizes.stream()
                        .map(size -> scores(golden, options, size))
                        .toList());
    }

    private static @Nullable Integer size(String text) {
        return text.equals("None") ? null : Integer.valueOf(text);
    }

    private static double[] scores(Golden golden, JsonNode options, @Nullable Integer circuitSize) {
        String target = options.path("faithfulness_target").asText("kl_div");
        MaskObjective objective = new MaskObjective(
                MaskFunction.valueOf(options.get("mask_fn").asText().toUpperCase(Locale.ROOT)),
                FaithfulnessTarget.valueOf(target.toUpperCase(Locale.ROOT)),
                options.get("tree_optimisation").asText().equals("True"),
                golden.ablation("TOKENWISE_MEAN_CORRUPT", PromptSide.CORRUPT),
                false,
                0,
                0);
        MaskTraining training = new SubnetworkProbing(
                objective,
                new Regularizer(options.get("regularize_lambda").asDouble(), circuitSize, List.of(), 1),
                options.get("learning_rate").asDouble(),
                options.get("epochs").asInt(),
                options.get("init_val").asDouble(),
                1);
        return new Trainer(golden.model(), golden.batches(), training).scores();
    }
}
