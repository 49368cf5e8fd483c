package io.edgewise.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.InputException;
import io.edgewise.graph.ModelGraph;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The shape of a decoder, read from the {@code config.json} of a Hugging Face directory.
 *
 * @param blocks transformer blocks, each attention and then an MLP
 * @param heads attention heads a block
 * @param modelWidth width of the residual stream ({@code d_model})
 * @param mlpWidth hidden width of an MLP ({@code d_mlp})
 * @param vocabulary tokens known
 * @param positions longest prompt
 * @param normEpsilon added to the variance in every norm
 */
public record TransformerConfig(
        int blocks, int heads, int modelWidth, int mlpWidth, int vocabulary, int positions, double normEpsilon)
        implements Serializable {
    private static final int MOST = 100_000_000;
    private static final int MOST_BLOCKS = 10_000;
    private static final long MOST_CONFIG_BYTES = 1_000_000;

    public TransformerConfig {
        if (modelWidth % heads != 0) {
            throw new InputException("n_embd must be a multiple of n_head, got " + modelWidth + " and " + heads);
        }
    }

    /** Width of one head ({@code d_head}). */
    public int headWidth() {
        return modelWidth / heads;
    }

    public ModelGraph graph() {
        return ModelGraph.sequential(blocks, heads);
    }

    /** Numbers in all weights, tied ones counted once. */
    public long parameters() {
        long width = modelWidth;
        long attention = 4 * width * width + 4 * width;
        long mlp = 2 * width * mlpWidth + mlpWidth + width;
        long norms = 4 * width;
        return (vocabulary + (long) positions) * width + blocks * (attention + mlp + norms) + 2 * width;
    }

    /**
     * Reads {@code config.json} in a model directory.
     *
     * @throws InputException where there is none or it describes a model that isn't supported
     */
    public static TransformerConfig read(Path modelDirectory) {
        Path file = modelDirectory.resolve("config.json");
        if (!Files.isDirectory(modelDirectory)) {
            throw new InputException("No such model directory: " + modelDirectory
                    + "; --model wants a Hugging Face directory with config.json and model.safetensors");
        }
        if (!Files.isRegularFile(file)) {
            throw new InputException("No config.json in " + modelDirectory
                    + "; --model wants a Hugging Face directory with config.json and model.safetensors");
        }
        try {
            if (Files.size(file) > MOST_CONFIG_BYTES) {
                throw new InputException(
                        file + " has " + Files.size(file) + " bytes; a config.json has a few thousand");
            }
            return parse(new ObjectMapper().readTree(Files.readAllBytes(file)), file.toString());
        } catch (JsonProcessingException e) {
            throw new InputException(file + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new InputException("Could not read " + file + ": " + e.getMessage(), e);
        }
    }

    private static TransformerConfig parse(JsonNode json, String file) {
        String type = json.path("model_type").asText("(none)");
        if (!type.equals("gpt2")) {
            throw new InputException(file + " has model_type " + type + "; supported are gpt2");
        }
        require(json, file, "activation_function", "gelu_new");
        requireFlag(json, file, "scale_attn_weights", true);
        requireFlag(json, file, "scale_attn_by_inverse_layer_idx", false);
        requireFlag(json, file, "add_cross_attention", false);
        requireFlag(json, file, "tie_word_embeddings", true);
        int width = size(json, file, "n_embd");
        int mlpWidth = json.path("n_inner").isNumber() ? size(json, file, "n_inner") : 4 * width;
        double epsilon = json.path("layer_norm_epsilon").asDouble(1e-5);
        if (!(epsilon > 0 && epsilon < 1)) {
            throw new InputException(file + " has layer_norm_epsilon " + json.path("layer_norm_epsilon")
                    + "; wanted a small positive number");
        }
        return new TransformerConfig(
                sizeUpTo(MOST_BLOCKS, json, file, "n_layer"),
                sizeUpTo(MOST_BLOCKS, json, file, "n_head"),
                width,
                mlpWidth,
                size(json, file, "vocab_size"),
                size(json, file, "n_positions"),
                epsilon);
    }

    private static int size(JsonNode json, String file, String key) {
        return sizeUpTo(MOST, json, file, key);
    }

    private static int sizeUpTo(int most, JsonNode json, String file, String key) {
        JsonNode node = json.path(key);
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < 1 || node.asInt() > most) {
            throw new InputException(file + " has " + key + " " + (node.isMissingNode() ? "missing" : node)
                    + "; wanted a whole number from 1 to " + most);
        }
        return node.asInt();
    }

    private static void require(JsonNode json, String file, String key, String supported) {
        String value = json.path(key).asText(supported);
        if (!value.equals(supported)) {
            throw new InputException(file + " has " + key + " " + value + "; supported are " + supported);
        }
    }

    private static void requireFlag(JsonNode json, String file, String key, boolean supported) {
        boolean value = json.path(key).asBoolean(supported);
        if (value != supported) {
            throw new InputException(file + " has " + key + " " + value + "; only " + supported + " is supported");
        }
    }
}
