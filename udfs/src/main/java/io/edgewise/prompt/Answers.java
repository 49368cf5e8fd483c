package io.edgewise.prompt;

import java.io.Serializable;
import java.util.List;

/** The answers that a prompt's output is compared with. */
public sealed interface Answers extends Serializable {

    /**
     * Tokens that are right (or wrong), any number of them at each position of the output slice.
     *
     * @param byPosition token ids, one list per position; at least one each
     */
    record Tokens(List<List<Integer>> byPosition) implements Answers {
        public Tokens {
            byPosition = byPosition.stream().map(List::copyOf).toList();
            if (byPosition.isEmpty() || byPosition.stream().anyMatch(List::isEmpty)) {
                throw new IllegalArgumentException("Every position needs at least one answer, got " + byPosition);
            }
        }
    }

    /**
     * Numbers that the output should be.
     *
     * @param byPosition one list per position of the output slice, or one list for all; each list has one number per token, or one number for all
     */
    record Values(List<List<Float>> byPosition) implements Answers {
        public Values {
            byPosition = byPosition.stream().map(List::copyOf).toList();
            if (byPosition.isEmpty() || byPosition.stream().anyMatch(List::isEmpty)) {
                throw new IllegalArgumentException("Every position needs at least one value");
            }
        }
    }

    /** No answers, where none are needed. */
    record Unused() implements Answers {}
}
