package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.torch.KeptArrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A normalization of the residual stream before it is read. */
public sealed interface Norm permits BareNorm, HeadsNorm, HeldNorm, LayerNorm, NoNorm, RmsNorm {

    NDArray apply(NDArray input);

    /** What the norm's gradient divides by, {@code [..., 1]}; null for nothing. */
    @Nullable
    NDArray root(NDArray input);

    /** What the norm multiplies by last, {@code [d_model]}; null for nothing. */
    @Nullable
    NDArray gain();

    /** What the norm adds last, {@code [d_model]}; null for nothing. */
    default @Nullable NDArray bias() {
        return null;
    }

    /** Whether the norm takes the mean out of every vector. */
    default boolean isCentring() {
        return false;
    }

    /** The input as normed, before the gain, {@code [..., d_model]}: the direction that the norm's gradient takes out; null for none. */
    @Nullable
    NDArray normed(NDArray input);

    /**
     * Weights that read this norm, with its gain and the taking out of means in them.
     *
     * @param rows {@code [..., d_model]}, each multiplied with what the norm makes; themselves where there is no gain
     */
    default NDArray inWeights(NDArray rows) {
        NDArray gain = gain();
        if (gain == null) {
            return rows;
        }
        NDArray gained = rows.mul(gain);
        return isCentring() ? gained.sub(gained.mean(new int[] {-1}, true)) : gained;
    }

    /**
     * The same norm without gain and bias.
     *
     * @param kept holds the arrays that it needs
     */
    default Norm bare(KeptArrays kept) {
        throw new UnsupportedOperationException("Heads don't read the residual stream through this norm");
    }

    /**
     * What the norm of an input multiplies by, {@code [..., d_model]}. Each part of a sum is multiplied by the same numbers. Only of norms
     * that take out no mean and add nothing.
     */
    default NDArray scale(NDArray input) {
        return Objects.requireNonNull(gain()).div(Objects.requireNonNull(root(input)));
    }

    /**
     * What a change of the input changes, with the root of the input held as it is.
     *
     * @param input {@code [..., d_model]}
     * @param change broadcasts with the input
     */
    default NDArray ofChange(NDArray input, NDArray change) {
        NDArray centred = isCentring() ? change.sub(change.mean(new int[] {-1}, true)) : change;
        NDArray root = root(input);
        NDArray scaled = root == null ? centred : centred.div(root);
        NDArray gain = gain();
        return gain == null ? scaled : scaled.mul(gain);
    }
}
