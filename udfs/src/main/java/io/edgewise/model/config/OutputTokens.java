package io.edgewise.model.config;

import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * The tokens whose logits a forward pass gives: the whole vocabulary, or a few. A model has tens of thousands of tokens, and a loss of the
 * answers' logits needs those of the answers alone. The others cost a pass over the whole unembedding, there and back.
 *
 * @param some token ids, ascending; empty for the whole vocabulary
 */
public record OutputTokens(List<Integer> some) {
    public static final OutputTokens ALL = new OutputTokens(List.of());

    public OutputTokens {
        some = List.copyOf(some);
    }

    /** These tokens, in any order; the whole vocabulary where there are none. */
    public static OutputTokens of(Collection<Integer> tokens) {
        return new OutputTokens(tokens.stream().distinct().sorted().toList());
    }

    public boolean areAll() {
        return some.isEmpty();
    }

    /** How many logits there are at a position. */
    public int count(int vocabulary) {
        return areAll() ? vocabulary : some.size();
    }

    /**
     * Where a token's logit is.
     *
     * @throws IllegalArgumentException where it has none
     */
    public int place(int token) {
        int place = areAll() ? token : Collections.binarySearch(some, token);
        if (place < 0) {
            throw new IllegalArgumentException("Token " + token + " has no logit; those that have are " + some);
        }
        return place;
    }
}
