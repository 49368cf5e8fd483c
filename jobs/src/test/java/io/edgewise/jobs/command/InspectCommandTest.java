package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.weights.WeightLayout;
import io.edgewise.safetensors.SafetensorsFile;
import io.edgewise.safetensors.TensorEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    @Test
    void aConfigurationAloneTellsTheGraph(@TempDir Path model) throws IOException {
        Files.writeString(
                model.resolve("config.json"),
                """
                {"model_type": "gpt2", "n_layer": 12, "n_head": 12, "n_embd": 768, "vocab_size": 50257,
                 "n_positions": 1024, "activation_function": "gelu_new", "layer_norm_epsilon": 1e-5}""");
        CommandRun run = CommandRun.of("inspect", "--model", model.toString(), "--config-only", "--json");
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode facts = new ObjectMapper().readTree(run.out());
        assertThat(facts.get("sources").asInt()).isEqualTo(157);
        assertThat(facts.get("destinations").asInt()).isEqualTo(445);
        assertThat(facts.get("edges").asInt()).isEqualTo(32_491);
        assertThat(facts.get("parameters").asLong()).isEqualTo(124_439_808);
    }

    @Test
    void aModelIsTimedToo() throws IOException {
        CommandRun run = CommandRun.of("inspect", "--model", CommandRun.MODEL, "--json", "--batch-size", "4");
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode facts = new ObjectMapper().readTree(run.out());
        assertThat(facts.get("edges").asInt()).isEqualTo(262);
        assertThat(facts.get("parameters").asInt()).isEqualTo(183_232);
        double forward = facts.get("forward_seconds_measured").asDouble();
        assertThat(forward).isPositive();
        assertThat(facts.get("score_seconds_estimated").asDouble()).isGreaterThan(2 * forward);
    }

    @Test
    void familiesAreListed() throws IOException {
        CommandRun json = CommandRun.of("inspect", "--families", "--json");
        assertThat(json.status()).as(json.err()).isZero();
        JsonNode families = new ObjectMapper().readTree(json.out()).get("families");
        assertThat(families.findValuesAsText("model_type")).contains("gpt2", "llama", "TransformerLens");
        assertThat(families.findValuesAsText("models"))
                .allSatisfy(models -> assertThat(models).isNotBlank());
        CommandRun text = CommandRun.of("inspect", "--families");
        assertThat(text.out().lines()).hasSize(families.size()).anyMatch(line -> line.matches("gpt_neox +Pythia.*"));
        CommandRun both = CommandRun.of("inspect", "--families", "--model", CommandRun.MODEL);
        assertThat(both.status()).isEqualTo(2);
        assertThat(CommandRun.of("inspect").complaints())
                .singleElement()
                .asString()
                .contains("--model", "--families");
    }

    @Test
    void morePositionsThanTheModelHasAreRefused() {
        CommandRun run = CommandRun.of("inspect", "--model", CommandRun.MODEL, "--tokens", "33");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.complaints()).singleElement().asString().contains("--tokens must be at most 32");
    }

    @Test
    void theParametersAreThoseOfTheFile() {
        long elements = SafetensorsFile.open(CommandRun.demo("model/model.safetensors")).tensors().values().stream()
                .mapToLong(TensorEntry::elements)
                .sum();
        assertThat(WeightLayout.parameters(TransformerConfig.read(CommandRun.demo("model"))))
                .isEqualTo(elements);
    }
}
