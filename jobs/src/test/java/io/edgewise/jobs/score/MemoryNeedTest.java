package io.edgewise.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.graph.GraphSpec;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.torch.ComputeType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryNeedTest {
    @TempDir
    private Path temporary;

    /** What the resident memory of a process grew by while it scored a batch, in MiB, on two cores of an x86 machine. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // at mask 0.5
                "gpt2|8|16|377",
                "gpt2|8|64|1347",
                "llama|8|16|461",
                "llama|8|64|1430",
                "llama|2|256|1611",
                "gpt_neox|8|16|401",
                "gpt_neox|2|256|1401",
                "gemma2|8|16|297",
                "gemma2|8|64|1188",
                "gemma2|2|256|1091",
                // at mask 0
                "gpt2|8|16|334",
                "gpt2|8|64|1238",
                "llama|8|16|378",
                "llama|8|64|1304",
                "gpt_neox|8|16|365",
                "gemma2|8|64|812",
                // 8 prompts at six masks at once
                "gpt2|48|16|1873",
                "llama|48|16|1803"
            })
    void predictionsComeCloseToMeasuredPeaks(String type, int batchSize, int tokens, long measured) throws IOException {
        double predicted = new MemoryNeed(config(type), GraphSpec.DEFAULT, batchSize, tokens).scoreBytes() / 0x1p20;
        assertThat(predicted).isCloseTo((double) measured, within(0.22 * measured));
    }

    /** The same while a step of training masks was taken, with masks of every prompt's own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"gpt2|8|16|545", "gpt2|16|32|1813"})
    void predictionsForMasksComeCloseToMeasuredPeaks(String type, int batchSize, int tokens, long measured)
            throws IOException {
        double predicted = new MemoryNeed(config(type), GraphSpec.DEFAULT, batchSize, tokens).maskBytes() / 0x1p20;
        assertThat(predicted).isCloseTo((double) measured, within(0.22 * measured));
    }

    @Test
    void weightsAreFourBytesAParameter() throws IOException {
        assertThat(new MemoryNeed(config("gpt2"), GraphSpec.DEFAULT, 1, 1).weightBytes(ComputeType.FLOAT32))
                .isEqualTo(4 * 124_439_808L);
    }

    private TransformerConfig config(String type) throws IOException {
        String sizes =
                switch (type) {
                    case "gpt2" ->
                        "\"n_embd\": 768, \"n_head\": 12, \"n_layer\": 12, \"n_positions\": 1024, \"vocab_size\": 50257";
                    case "llama" ->
                        "\"hidden_size\": 768, \"num_attention_heads\": 12, \"num_key_value_heads\": 4, \"head_dim\": 64,"
                                + " \"num_hidden_layers\": 12, \"intermediate_size\": 2048, \"vocab_size\": 32000,"
                                + " \"hidden_act\": \"silu\", \"max_position_embeddings\": 8192, \"tie_word_embeddings\": true";
                    case "gpt_neox" ->
                        "\"hidden_size\": 768, \"num_attention_heads\": 12, \"num_hidden_layers\": 12,"
                                + " \"intermediate_size\": 3072, \"vocab_size\": 50304, \"hidden_act\": \"gelu\","
                                + " \"max_position_embeddings\": 2048";
                    default ->
                        "\"hidden_size\": 640, \"num_attention_heads\": 4, \"num_key_value_heads\": 2, \"head_dim\": 256,"
                                + " \"num_hidden_layers\": 10, \"intermediate_size\": 2560, \"vocab_size\": 32000,"
                                + " \"hidden_activation\": \"gelu_pytorch_tanh\", \"max_position_embeddings\": 8192";
                };
        Files.writeString(temporary.resolve("config.json"), "{\"model_type\": \"" + type + "\", " + sizes + "}");
        return TransformerConfig.read(temporary);
    }
}
