package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model that can't be used gets one clear line, exit status 2, and leaves nothing behind. */
class WrongModelTest {
    private static final String WHITESPACE = "\\{\\s*\"type\":\\s*\"Whitespace\"\\s*}";

    @TempDir
    private Path temporary;

    private WrongInput wrong;

    @BeforeEach
    void nameTheOutput() {
        wrong = new WrongInput(temporary);
    }

    @Test
    void aModelPathThatIsWrong() {
        wrong.refused(
                "No such model directory",
                wrong.score("--model", temporary.resolve("nosuch").toString()));
    }

    @Test
    void aModelOfAnotherFamily() throws IOException {
        Path model = wrong.copyOfModel();
        Files.writeString(model.resolve("config.json"), "{\"model_type\": \"mamba\"}");
        wrong.refused("has model_type mamba; supported are gemma, ", wrong.score("--model", model.toString()));
    }

    @Test
    void aConfigurationWithAnImpossibleSize() throws IOException {
        Path model = wrong.copyOfModel();
        String config = Files.readString(model.resolve("config.json"));
        Files.writeString(model.resolve("config.json"), config.replace("\"n_layer\": 3", "\"n_layer\": -3"));
        wrong.refused("has n_layer -3; wanted a whole number", wrong.score("--model", model.toString()));
    }

    @Test
    void aWeightFileThatIsCutOff() throws IOException {
        Path model = wrong.copyOfModel();
        Path weights = model.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(whole, whole.length / 2));
        wrong.refused("Not a whole safetensors file", wrong.score("--model", model.toString()));
    }

    @Test
    void aWeightFileThatIsNone() throws IOException {
        Path model = wrong.copyOfModel();
        Files.writeString(model.resolve("model.safetensors"), "<html>404</html> not found");
        wrong.refused("Not a whole safetensors file", wrong.score("--model", model.toString()));
    }

    @Test
    void weightsOfAnotherShapeThanTheConfigurationSays() throws IOException {
        Path model = wrong.copyOfModel();
        String config = Files.readString(model.resolve("config.json"));
        Files.writeString(model.resolve("config.json"), config.replace("\"n_embd\": 64", "\"n_embd\": 32"));
        wrong.refused("config.json asks for [486, 32]", wrong.score("--model", model.toString()));
    }

    /** None of these sizes may be believed before the weights have been held against them: they ask for terabytes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"n_embd\": 64 | \"n_embd\": 99999996 | config.json asks for [486, 99999996]",
                "\"n_layer\": 3 | \"n_layer\": 10000 | has no tensor transformer.h.3.ln_1.weight",
                "\"n_layer\": 3 | \"n_layer\": 3.0 | has n_layer 3.0; wanted a whole number from 1 to 10000",
                "\"n_layer\": 3 | \"n_layer\": \"3\" | has n_layer \"3\"; wanted a whole number",
                "\"n_layer\": 3 | \"n_layer\": 99999999999999999999 | has n_layer 99999999999999999999; wanted",
                "\"n_layer\": 3 | \"n_layer\": null | has n_layer null; wanted a whole number",
                "\"n_layer\": 3 | \"layers\": 3 | has no tensor transformer.h.3.ln_1.weight",
                "\"n_layer\": 3 | \"n_layer\": 3, \"n_layer\": 2 | is not JSON: Duplicate field 'n_layer'",
                "\"n_layer\": 3 | \"n_layer\": NaN | is not JSON: Non-standard token 'NaN'",
                "\"n_positions\": 32 | \"n_positions\": 0 | has n_positions 0; wanted a whole number from 1",
                "\"vocab_size\": 486 | \"vocab_size\": 100000000 | config.json asks for [100000000, 64]"
            })
    void aConfigurationThatDoesNotDescribeTheWeights(String usual, String other, String message) throws IOException {
        Path config = wrong.copyOfModel().resolve("config.json");
        String text = Files.readString(config);
        assertThat(text).contains(usual);
        Files.writeString(config, text.replace(usual, other));
        refusedModel(message);
    }

    @Test
    void aConfigurationThatIsNone() throws IOException {
        Path config = wrong.copyOfModel().resolve("config.json");
        Files.writeString(config, "");
        refusedModel("config.json is not a JSON object that describes a model");
        Files.writeString(config, "[".repeat(100_000));
        refusedModel("epth (65) exceeds the maximum allowed");
        Files.write(config, new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'});
        refusedModel("config.json is not UTF-8 at byte 2");
        Files.writeString(config, "{\"x\": \"" + "y".repeat(2_000_000) + "\"}");
        refusedModel("config.json has more than 1000000 bytes");
        Files.delete(config);
        Files.createDirectories(config);
        refusedModel("No config.json in");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pytorch_model.bin | pytorch_model.bin is no safetensors file; convert the model with python -c",
                "pytorch_model-00001-of-00002.bin | pytorch_model-00001-of-00002.bin is no safetensors file; convert the model with",
                "gpt2.Q8_0.gguf | gguf_file='gpt2.Q8_0.gguf').save_pretrained('safetensors')"
            })
    void weightsInAnotherFormat(String name, String message) throws IOException {
        Path model = wrong.copyOfModel();
        Files.move(model.resolve("model.safetensors"), model.resolve(name));
        refusedModel(message);
    }

    @Test
    void aGraphOfMoreEdgesThanCanBeCounted() throws IOException {
        Path config = wrong.copyOfModel().resolve("config.json");
        String text = Files.readString(config);
        Files.writeString(
                config,
                text.replace("\"n_layer\": 3", "\"n_layer\": 10000")
                        .replace("\"n_head\": 4", "\"n_head\": 10000")
                        .replace("\"n_embd\": 64", "\"n_embd\": 10000"));
        wrong.refused(
                "The graph would have more than 2147483647 edges",
                "inspect",
                "--config-only",
                "--model",
                config.getParent().toString());
    }

    /** Where a shard is a file elsewhere, a model could make its reader open any file. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"../shard\" | names the file ../shard; wanted the name of a file beside it",
                "\"/etc/passwd\" | names the file /etc/passwd; wanted the name of a file beside it",
                "\"..\" | names the file ..; wanted the name of a file beside it",
                "\".\" | wanted a safetensors file",
                "\"\" | wanted the name of a file beside it",
                "\"a\\u0000b\" | wanted the name of a file beside it",
                "5 | names the file 5; wanted the name of a file beside it",
                "\"nosuch\" | No such file",
                "\"config.json\" | Not a whole safetensors file"
            })
    void anIndexThatNamesAnotherFileThanAShard(String name, String message) throws IOException {
        Path model = wrong.copyOfModel();
        Files.move(model.resolve("model.safetensors"), model.resolve("shard"));
        Files.writeString(
                model.resolve("model.safetensors.index.json"), "{\"weight_map\": {\"wte.weight\": " + name + "}}");
        refusedModel(message);
    }

    /** The library would end the process on each of these. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"FixedLength\", \"length\": 0} | has pieces of fixed length 0",
                "{\"type\": \"Split\", \"pattern\": {\"Regex\": \"(.+.+)+$\"}, \"behavior\": \"Isolated\"} | has the pattern",
                "{\"type\": \"nosuch\"} | Could not read"
            })
    void aTokenizerThatCannotBeUsed(String splitter, String message) throws IOException {
        Path tokenizer = wrong.copyOfModel().resolve("tokenizer.json");
        String text = Files.readString(tokenizer);
        assertThat(text).containsPattern(WHITESPACE);
        Files.writeString(tokenizer, text.replaceFirst(WHITESPACE, Matcher.quoteReplacement(splitter)));
        refusedModel(message);
    }

    @Test
    void aTokenizerThatIsNone() throws IOException {
        Path tokenizer = wrong.copyOfModel().resolve("tokenizer.json");
        String whole = Files.readString(tokenizer);
        Files.writeString(tokenizer, whole.substring(0, 1000));
        refusedModel("tokenizer.json is not JSON: Unexpected end-of-input");
        Files.writeString(tokenizer, "{}");
        refusedModel("Model missing");
        Files.writeString(
                tokenizer,
                whole.replaceAll("\"id\": 0,", "\"id\": 7000,").replace("endoftext|>\": 0", "endoftext|>\": 7000"));
        refusedModel("The tokenizer's begin-of-text token is 7000, but the model knows 0 to 485");
        Files.writeString(tokenizer, whole);
        Files.writeString(tokenizer.resolveSibling("tokenizer_config.json"), "{\"bos_token\": ");
        refusedModel("tokenizer_config.json is not JSON");
    }

    private void refusedModel(String message) {
        wrong.refused(message, wrong.score("--model", temporary.resolve("model").toString()));
    }
}
