package io.edgewise.model.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The embedding and the unembedding of a decoder.
 *
 * @param vocabulary tokens that prompts are made of
 * @param outputVocabulary tokens that have a logit; most often the same
 * @param learnsPositions whether each position has an embedding
 * @param scale token embeddings are multiplied by
 * @param isTied whether the unembedding is the embedding's transpose
 * @param logitScale logits are multiplied by
 * @param logitSoftCap logits are then capped smoothly between its negative and itself; null for no cap
 */
public record EmbeddingConfig(
        int vocabulary,
        int outputVocabulary,
        boolean learnsPositions,
        double scale,
        boolean isTied,
        double logitScale,
        @Nullable Double logitSoftCap)
        implements Serializable {

    /** An embedding whose logits aren't scaled. */
    public EmbeddingConfig(
            int vocabulary,
            int outputVocabulary,
            boolean learnsPositions,
            double scale,
            boolean isTied,
            @Nullable Double logitSoftCap) {
        this(vocabulary, outputVocabulary, learnsPositions, scale, isTied, 1, logitSoftCap);
    }

    /** An embedding with learned positions, without scale or cap. */
    public static EmbeddingConfig plain(int vocabulary, int outputVocabulary, boolean isTied) {
        return new EmbeddingConfig(vocabulary, outputVocabulary, true, 1, isTied, null);
    }
}
