package io.edgewise.model.config;

import io.edgewise.InputException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The attention of a decoder.
 *
 * @param heads query heads a block
 * @param keyValueHeads heads that have keys and values of their own; fewer where neighbouring query heads share them
 * @param headWidth width of one head ({@code d_head})
 * @param scale attention scores are multiplied by
 * @param dividesByBlock whether the scores of block i are divided by i + 1 as well
 * @param softCap scores are capped smoothly between its negative and itself; null for no cap
 * @param rotaries for each block, positions by rotation of queries and keys; null where there is none
 * @param windows for each block, how many positions a position attends to, itself included; 0 for all
 * @param queryKeyNorms how queries and keys are normed
 * @param hasBias whether queries, keys and values have biases
 * @param hasOutputBias whether the output has one ({@code b_O})
 */
public record AttentionConfig(
        int heads,
        int keyValueHeads,
        int headWidth,
        double scale,
        boolean dividesByBlock,
        AttentionDirection direction,
        @Nullable Double softCap,
        List<@Nullable Rotary> rotaries,
        List<Integer> windows,
        QueryKeyNorms queryKeyNorms,
        boolean hasBias,
        boolean hasOutputBias)
        implements Serializable {
    public AttentionConfig {
        rotaries = Collections.unmodifiableList(new ArrayList<>(rotaries));
        windows = List.copyOf(windows);
        if ((long) heads * headWidth > Integer.MAX_VALUE) {
            throw new InputException(
                    "Heads must be at most " + Integer.MAX_VALUE + " wide together, got " + heads + " of " + headWidth);
        }
        if (heads % keyValueHeads != 0) {
            throw new InputException("Attention heads must be a multiple of those with keys and values, got " + heads
                    + " and " + keyValueHeads);
        }
        rotaries.stream().filter(Objects::nonNull).forEach(rotary -> {
            if (rotary.width() < 2 || rotary.width() > headWidth || rotary.width() % 2 != 0) {
                throw new InputException("Rotary positions turn an even number of a head's " + headWidth
                        + " dimensions, got " + rotary.width());
            }
        });
    }

    /** Attention whose heads all have keys and values of their own, with the same positions in every block; nothing is capped or normed. */
    public AttentionConfig(
            int heads,
            int headWidth,
            double scale,
            boolean dividesByBlock,
            AttentionDirection direction,
            @Nullable Rotary rotary,
            List<Integer> windows,
            boolean hasBias,
            boolean hasOutputBias) {
        this(
                heads,
                heads,
                headWidth,
                scale,
                dividesByBlock,
                direction,
                null,
                Collections.nCopies(windows.size(), rotary),
                windows,
                QueryKeyNorms.NONE,
                hasBias,
                hasOutputBias);
    }

    /** The attention of one block, with the scale that its scores have. */
    public AttentionConfig ofBlock(int block) {
        return new AttentionConfig(
                heads,
                keyValueHeads,
                headWidth,
                dividesByBlock ? scale / (block + 1) : scale,
                false,
                direction,
                softCap,
                rotaries,
                windows,
                queryKeyNorms,
                hasBias,
                hasOutputBias);
    }

    /** Whether positions are told by rotation, in some block at least. */
    public boolean isRotary() {
        return rotaries.stream().anyMatch(Objects::nonNull);
    }

    /** Width of all query heads together. */
    public int width() {
        return heads * headWidth;
    }

    /** Width of all keys together, and of all values. */
    public int keyValueWidth() {
        return keyValueHeads * headWidth;
    }
}
