package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Prompts of one length, shorter ones with padding in front.
 *
 * @param ids token ids {@code [batch, seq]}
 * @param pads how many tokens at the beginning of each prompt are padding; empty where none has any
 */
public record Tokens(NDArray ids, List<Integer> pads) {
    public Tokens {
        pads = pads.stream().allMatch(pad -> pad == 0) ? List.of() : List.copyOf(pads);
        if (!pads.isEmpty() && pads.size() != ids.getShape().get(0)) {
            throw new IllegalArgumentException(
                    "The batch has " + ids.getShape().get(0) + " prompts, got padding for " + pads.size());
        }
    }

    /** Prompts without padding. */
    public static Tokens of(NDArray ids) {
        return new Tokens(ids, List.of());
    }

    /** All prompts, repeated {@code times} times one after another. */
    public Tokens times(int times) {
        if (times == 1) {
            return this;
        }
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.addAll(pads);
        }
        return new Tokens(ids.expandDims(0).broadcast(times, batch(), length()).reshape(-1, length()), all);
    }

    public int batch() {
        return Math.toIntExact(ids.getShape().get(0));
    }

    public int length() {
        return Math.toIntExact(ids.getShape().get(1));
    }

    boolean hasPads() {
        return !pads.isEmpty();
    }

    /** 1 where a position holds a token of the prompt and 0 where it is padding, row-major {@code [batch, seq]}. */
    public float[] real() {
        float[] real = new float[batch() * length()];
        for (int i = 0; i < real.length; i++) {
            int pad = pads.isEmpty() ? 0 : pads.get(i / length());
            real[i] = i % length() >= pad ? 1 : 0;
        }
        return real;
    }
}
