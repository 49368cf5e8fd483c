package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.torch.InPlace;
import org.jspecify.annotations.Nullable;

/**
 * The heads of one block in one forward pass.
 *
 * <p>Axes: {@code b} batch, {@code s} position, {@code d} residual stream, {@code h} head, {@code e} width of a head.
 */
public interface Heads {

    /**
     * The projections of all heads, from one input {@code [b, s, d]} for all.
     *
     * @param keyValueInputs how many key inputs, and value inputs, there are: one a query head, or one for several
     */
    NDArray project(NDArray input, int keyValueInputs);

    /** The output of each head's attention, before W_O, {@code [b, h, s, e]}, from the projections. */
    NDArray mix(NDArray projected);

    /** The output of each head's attention, before W_O, {@code [b, h, s, e]}, where some heads read inputs of their own. */
    NDArray mix(Input input);

    /** What each head adds to the residual stream, {@code [h, b, s, d]}. */
    NDArray writePerHead(NDArray mixed);

    /** The same, written into {@code into}, outside any graph of gradients. */
    default void writePerHead(NDArray mixed, NDArray into) {
        InPlace.copy(writePerHead(mixed), into);
    }

    /** Whether what each head adds is a linear function of its output before W_O. */
    default boolean writeLinearly() {
        return false;
    }

    /**
     * The gradients at each head's inputs, from those at the projections.
     *
     * @param input what all heads read, {@code [b, s, d]}
     * @param projected what {@link #project} made of it
     * @param gradient at the projections
     * @return one row per input: of queries, of keys, of values
     */
    InputGradients pullBack(NDArray input, NDArray projected, NDArray gradient);

    /**
     * For each source's change of what heads read, the change of every head's attention pattern, times the gradient of the pattern.
     *
     * @param kind whether the queries (0) read the change, or the keys (1)
     * @param input what all heads read, {@code [b, s, d]}
     * @param projected what {@link #project} made of it
     * @param gradient at the heads' outputs before W_O, {@code [b, h, s, e]}
     * @param changes {@code [n, b, s, d]}
     * @return {@code [b, n, h]}
     */
    default NDArray patternEffects(int kind, NDArray input, NDArray projected, NDArray gradient, NDArray changes) {
        throw new UnsupportedOperationException("These heads have no attention pattern");
    }

    /**
     * What the heads of one block read: each of query, key and value either per head, {@code [h, b, s, d]}, or, where
     * null, the one shared input {@code [b, s, d]}.
     */
    record Input(NDArray shared, @Nullable NDArray query, @Nullable NDArray key, @Nullable NDArray value) {
        /** One input for all. */
        public static Input shared(NDArray residual) {
            return new Input(residual, null, null, null);
        }

        public boolean isShared() {
            return query == null && key == null && value == null;
        }
    }
}
