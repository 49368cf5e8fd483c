package io.edgewise.model;

import ai.djl.ndarray.NDManager;
import io.edgewise.InputException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** How the weights of a family of models are named and laid out, and how its {@code config.json} describes it. */
public enum CheckpointFormat {
    /** Hugging Face's {@code GPT2LMHeadModel}. */
    GPT2("gpt2", "transformer.") {
        @Override
        TransformerConfig config(ConfigJson json) {
            return Gpt2Weights.config(json);
        }

        @Override
        Map<String, long[]> shapes(TransformerConfig config) {
            return Gpt2Weights.shapes(config);
        }

        @Override
        Decoder decoder(Checkpoint checkpoint, NDManager manager) {
            return new Gpt2Weights(checkpoint, manager).decoder();
        }
    },
    /** TransformerLens' {@code HookedTransformer}: its configuration as JSON, its state dictionary as safetensors. */
    TRANSFORMER_LENS("TransformerLens", "") {
        @Override
        TransformerConfig config(ConfigJson json) {
            return TransformerLensWeights.config(json);
        }

        @Override
        Map<String, long[]> shapes(TransformerConfig config) {
            return TransformerLensWeights.shapes(config);
        }

        @Override
        Decoder decoder(Checkpoint checkpoint, NDManager manager) {
            return new TransformerLensWeights(checkpoint, manager).decoder();
        }
    };

    private final String type;
    private final String prefix;

    CheckpointFormat(String type, String prefix) {
        this.type = type;
        this.prefix = prefix;
    }

    /** A model type of Hugging Face's, or what only a TransformerLens configuration has. */
    static CheckpointFormat of(ConfigJson json) {
        if (!json.has("model_type") && json.has("d_model") && json.has("n_ctx")) {
            return TRANSFORMER_LENS;
        }
        String type = json.json().path("model_type").asText("(none)");
        return Arrays.stream(values())
                .filter(format -> format.type.equals(type))
                .findFirst()
                .orElseThrow(() -> new InputException(json.file() + " has model_type " + type + "; supported are "
                        + Arrays.stream(values()).map(format -> format.type).collect(Collectors.joining(", "))));
    }

    /** The family's name: Hugging Face's {@code model_type}, where it is one of theirs. */
    public String type() {
        return type;
    }

    /** What stands before every tensor's name in some checkpoints. */
    String prefix() {
        return prefix;
    }

    abstract TransformerConfig config(ConfigJson json);

    /** The shape of every tensor, by name. */
    abstract Map<String, long[]> shapes(TransformerConfig config);

    /** Loads all weights, which the manager then owns. */
    abstract Decoder decoder(Checkpoint checkpoint, NDManager manager);
}
