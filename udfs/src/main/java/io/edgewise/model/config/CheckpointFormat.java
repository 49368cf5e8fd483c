package io.edgewise.model.config;

/** How the weights of models are named and laid out. */
public enum CheckpointFormat {
    /** Hugging Face's GPT-2. */
    GPT2("transformer.", "wte.weight", "lm_head.weight"),
    /** Hugging Face's GPT-J. */
    GPT_J("transformer.", "wte.weight", "lm_head.weight"),
    /** Hugging Face's GPT-Neo. */
    GPT_NEO("transformer.", "wte.weight", "lm_head.weight"),
    /** Hugging Face's GPT-NeoX, Pythia's. */
    GPT_NEOX("gpt_neox.", "embed_in.weight", "embed_out.weight"),
    /** Hugging Face's Llama, which Mistral, Qwen, Gemma and others share. */
    LLAMA("model.", "embed_tokens.weight", "lm_head.weight"),
    /** Hugging Face's Mixtral: Llama's, but for the mixtures of experts. */
    MIXTRAL("model.", "embed_tokens.weight", "lm_head.weight"),
    /** Hugging Face's OPT. */
    OPT("model.", "decoder.embed_tokens.weight", "lm_head.weight"),
    /** Hugging Face's Phi. */
    PHI("model.", "embed_tokens.weight", "lm_head.weight"),
    /** Llama's, with one matrix for queries, keys and values, and one for an MLP's gate and input. */
    PHI3("model.", "embed_tokens.weight", "lm_head.weight"),
    /** TransformerLens' {@code HookedTransformer}: its configuration as JSON, its state dictionary as safetensors. */
    TRANSFORMER_LENS("", "embed.W_E", "unembed.W_U");

    private final String prefix;
    private final String embedding;
    private final String unembedding;

    CheckpointFormat(String prefix, String embedding, String unembedding) {
        this.prefix = prefix;
        this.embedding = embedding;
        this.unembedding = unembedding;
    }

    /** The prefix that most checkpoints put before all tensors' names but the unembedding's; some checkpoints leave it out. */
    public String prefix() {
        return prefix;
    }

    /** The name of the embedding of tokens. */
    public String embedding() {
        return embedding;
    }

    /** The name of the unembedding, in models where it isn't the embedding. */
    public String unembedding() {
        return unembedding;
    }
}
