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

    /** The prefix that most checkpoints put before all tensors' names but the unembedding's; some checkpoints leave it out. */
    public String prefix() {
        return prefix;
    }
}
