package io.edgewise.model.config;

/** How the weights of models are named and laid out. */
public enum CheckpointFormat {
    /** Hugging Face's GPT-2. */
    GPT2("transformer."),
    /** Hugging Face's GPT-NeoX, Pythia's. */
    GPT_NEOX("gpt_neox."),
    /** Hugging Face's Llama, which Mistral, Qwen and Gemma share. */
    LLAMA("model."),
    /** TransformerLens' {@code HookedTransformer}: its configuration as JSON, its state dictionary as safetensors. */
    TRANSFORMER_LENS("");

    private final String prefix;

    CheckpointFormat(String prefix) {
        this.prefix = prefix;
    }

    /** What stands before the names of all tensors but the unembedding's in most checkpoints, and nothing in some. */
    public String prefix() {
        return prefix;
    }
}
