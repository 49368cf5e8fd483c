package io.edgewise.model.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The MLPs of a decoder.
 *
 * @param width hidden width ({@code d_mlp}); 0 in a model of attention alone
 * @param isGated whether the activation multiplies another projection of the input
 * @param hasBias whether its projections have biases
 * @param mixture the mixtures of experts that some blocks have instead; null for none
 */
public record MlpConfig(
        int width, Activation activation, boolean isGated, boolean hasBias, @Nullable MixtureConfig mixture)
        implements Serializable {

    /** An MLP in every block. */
    public MlpConfig(int width, Activation activation, boolean isGated, boolean hasBias) {
        this(width, activation, isGated, hasBias, null);
    }

    /** The mixture of experts that a block has; null for none. */
    public @Nullable MixtureConfig mixture(int block) {
        return mixture == null || !mixture.blocks().get(block) ? null : mixture;
    }

    /** Hidden width that one token has in a block. */
    public long width(int block) {
        MixtureConfig own = mixture(block);
        return own == null ? width : own.widthOfToken();
    }
}
