package io.edgewise.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.edgewise.InputException;
import io.edgewise.TestDevice;
import io.edgewise.model.weights.Checkpoint;
import io.edgewise.safetensors.FloatTensor;
import io.edgewise.safetensors.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a key of {@code config.json} changes, and what it means where it is missing, by the logits of Hugging Face's transformers. */
class ConfigVariantsTest {
    private static final Path ROOT = RandomModels.ROOT.resolve("variants");

    @TempDir
    private Path temporary;

    static Stream<Path> variants() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .map(ROOT::relativize)
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void logitsAreHuggingFaces(Path variant) throws IOException {
        Path directory = ROOT.resolve(variant).getParent();
        Files.copy(ROOT.resolve(variant), temporary.resolve("config.json"));
        Files.copy(directory.resolve("model.safetensors"), temporary.resolve("model.safetensors"));
        Map<String, FloatTensor> expected =
                Safetensors.decode(Files.readAllBytes(directory.resolve("expected.safetensors")), "expected");
        String name = variant.getFileName().toString().replace(".json", "");
        try (Transformer transformer = Transformer.load(Checkpoint.open(temporary), TestDevice.here(), 1)) {
            assertArrayEquals(
                    expected.get(name).values(), RandomModels.logits(transformer, expected.get("tokens")), 1e-4f);
        }
    }

    /** Transformers 4 reads the one, transformers 5 the other. */
    @Test
    void anUnembeddingOfItsOwnBesideASharedOneIsRefused() throws IOException {
        Path directory = ROOT.resolve("gpt2-untied");
        Files.copy(directory.resolve("model.safetensors"), temporary.resolve("model.safetensors"));
        String untied = Files.readString(directory.resolve("untied.json"));
        Files.writeString(
                temporary.resolve("config.json"),
                untied.replace("\"tie_word_embeddings\": false", "\"tie_word_embeddings\": true"));
        assertThatThrownBy(() -> Checkpoint.open(temporary))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has a tensor lm_head.weight that differs from transformer.wte.weight");
    }
}
