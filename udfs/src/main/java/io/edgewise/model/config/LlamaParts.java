package io.edgewise.model.config;

import io.edgewise.InputException;
import io.edgewise.model.config.TransformerConfig.BlockLayout;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a configuration that has Llama's keys. A family's reader puts them together with what is its own. */
record LlamaParts(ConfigJson json) {

    int blocks() {
        return json.count("num_hidden_layers");
    }

    int heads() {
        return json.count("num_attention_heads");
    }

    int headWidth() {
        int width = json.size("hidden_size");
        if (json.has("head_dim")) {
            return json.size("head_dim");
        }
        if (width % heads() != 0) {
            throw new InputException(json.file() + " has hidden_size " + width + ", which isn't a multiple of "
                    + heads() + " heads, and no head_dim");
        }
        return width / heads();
    }

    /** What scores are multiplied by in most families. */
    double usualScale() {
        return 1 / Math.sqrt(headWidth());
    }

    EmbeddingConfig embedding() {
        return embedding(1, 1, null);
    }

    EmbeddingConfig embedding(double scale, double logitScale, @Nullable Double logitSoftCap) {
        int vocabulary = json.size("vocab_size");
        return new EmbeddingConfig(
                vocabulary, vocabulary, false, scale, json.flag("tie_word_embeddings"), logitScale, logitSoftCap);
    }

    /** Attention with the scale that most families have, without a cap. */
    AttentionConfig attention(Blocks blocks, QueryKeyNorms norms, boolean hasBias, boolean hasOutputBias) {
        return attention(usualScale(), null, blocks, norms, hasBias, hasOutputBias);
    }

    AttentionConfig attention(
            double scale,
            @Nullable Double softCap,
            Blocks blocks,
            QueryKeyNorms norms,
            boolean hasBias,
            boolean hasOutputBias) {
        return new AttentionConfig(
                heads(),
                json.has("num_key_value_heads") ? json.count("num_key_value_heads") : heads(),
                headWidth(),
                scale,
                false,
                AttentionDirection.CAUSAL,
                softCap,
                blocks.rotaries(),
                blocks.windows(),
                norms,
                hasBias,
                hasOutputBias);
    }

    /**
     * What differs from block to block.
     *
     * @param rotaries as {@link AttentionConfig#rotaries}
     * @param windows as {@link AttentionConfig#windows}
     */
    record Blocks(List<@Nullable Rotary> rotaries, List<Integer> windows) {}

    /** Blocks that all rotate positions alike, in all of a head's dimensions. */
    Blocks blocks(List<Integer> windows) {
        return new Blocks(Collections.nCopies(blocks(), wholeRotary()), windows);
    }

    /** Blocks that all rotate positions alike, in all of a head's dimensions or in its first ones. */
    Blocks partlyRotated(List<Integer> windows) {
        return new Blocks(Collections.nCopies(blocks(), rotary()), windows);
    }

    /** Of a share of a head's dimensions most families have no rotation: transformers 4 fails there, and transformers 5 rotates them all. */
    Rotary wholeRotary() {
        Rotary rotary = rotary();
        if (rotary.width() != headWidth()) {
            throw new InputException(json.file() + " has a partial_rotary_factor that rotates " + rotary.width()
                    + " of a head's " + headWidth() + " dimensions; in this family wanted all of them, or no such key");
        }
        return rotary;
    }

    Rotary rotary() {
        return RotaryConfigs.rotary(json, headWidth(), "partial_rotary_factor", "rope_theta");
    }

    /** The gated MLP. */
    MlpConfig mlp(String activation, boolean hasBias) {
        return new MlpConfig(json.size("intermediate_size"), json.oneOf(activation, Activation.BY_NAME), true, hasBias);
    }

    /** Norms by the root mean square. */
    NormConfig norms(NormConfig.Type type, NormConfig.Place place) {
        return new NormConfig(type, json.positive("rms_norm_eps"), place);
    }

    /** Layer norms of what is read. */
    NormConfig layerNorms() {
        return new NormConfig(NormConfig.Type.LAYER_NORM, json.positive("layer_norm_eps"), NormConfig.Place.BEFORE);
    }

    /** A decoder with Llama's layout. */
    TransformerConfig decoder(
            String type, EmbeddingConfig embedding, AttentionConfig attention, MlpConfig mlp, NormConfig norm) {
        return decoder(type, CheckpointFormat.LLAMA, BlockLayout.SEQUENTIAL, embedding, attention, mlp, norm, 1);
    }

    TransformerConfig decoder(
            String type,
            CheckpointFormat format,
            BlockLayout layout,
            EmbeddingConfig embedding,
            AttentionConfig attention,
            MlpConfig mlp,
            NormConfig norm,
            double writeScale) {
        return new TransformerConfig(
                type,
                format,
                blocks(),
                layout,
                json.size("hidden_size"),
                json.size("max_position_embeddings"),
                embedding,
                attention,
                mlp,
                norm,
                writeScale);
    }
}
