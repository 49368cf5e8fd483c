package io.edgewise.model;

import java.util.Map;

/** How the weights of models are named and laid out. */
public enum CheckpointFormat {
    /** Hugging Face's GPT-2. */
    GPT2("transformer.") {
        @Override
        Map<String, long[]> shapes(TransformerConfig config) {
            return Gpt2Weights.shapes(config);
        }

        @Override
        Decoder decoder(Weights weights) {
            return new Gpt2Weights(weights).decoder();
        }
    },
    /** Hugging Face's GPT-NeoX, Pythia's. */
    GPT_NEOX("gpt_neox.") {
        @Override
        Map<String, long[]> shapes(TransformerConfig config) {
            return GptNeoxWeights.shapes(config);
        }

        @Override
        Decoder decoder(Weights weights) {
            return new GptNeoxWeights(weights).decoder();
        }
    },
    /** Hugging Face's Llama, which Mistral, Qwen and Gemma share. */
    LLAMA("model.") {
        @Override
        Map<String, long[]> shapes(TransformerConfig config) {
            return LlamaWeights.shapes(config);
        }

        @Override
        Decoder decoder(Weights weights) {
            return new LlamaWeights(weights).decoder();
        }
    },
    /** TransformerLens' {@code HookedTransformer}: its configuration as JSON, its state dictionary as safetensors. */
    TRANSFORMER_LENS("") {
        @Override
        Map<String, long[]> shapes(TransformerConfig config) {
            return TransformerLensWeights.shapes(config);
        }

        @Override
        Decoder decoder(Weights weights) {
            return new TransformerLensWeights(weights).decoder();
        }
    };

    private final String prefix;

    CheckpointFormat(String prefix) {
        this.prefix = prefix;
    }

    /** What stands before the names of all tensors but the unembedding's in most checkpoints, and nothing in some. */
    String prefix() {
        return prefix;
    }

    /** The shape of every tensor, by name, without the prefix. */
    abstract Map<String, long[]> shapes(TransformerConfig config);

    /** Loads all weights. */
    abstract Decoder decoder(Weights weights);
}
