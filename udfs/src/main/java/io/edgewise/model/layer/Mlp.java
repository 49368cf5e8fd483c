package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.config.Activation;
import io.edgewise.model.config.RelevanceRule;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The MLP of one block, with its norms.
 *
 * @param norm of what is read
 * @param gate the projection that the activation is applied to, where the result multiplies {@code input}'s projection; null where the
 *     activation is applied to {@code input}'s projection itself
 * @param postNorm of what is written; null for none
 * @param relevance the rules of the backward pass
 */
public record Mlp(
        Norm norm,
        Linear input,
        @Nullable Linear gate,
        Activation activation,
        Linear output,
        @Nullable Norm postNorm,
        Relevance relevance)
        implements FeedForward {
    /** An MLP whose backward pass gives its gradient. */
    public Mlp(
            Norm norm,
            Linear input,
            @Nullable Linear gate,
            Activation activation,
            Linear output,
            @Nullable Norm postNorm) {
        this(norm, input, gate, activation, output, postNorm, new Relevance(Set.of()));
    }

    @Override
    public NDArray apply(NDArray residual, Hooks hooks, String at) {
        NDArray normed = norm.apply(residual);
        NDArray activated = activated(hooks.at(at, "mlp.hook_pre", (gate == null ? input : gate).apply(normed)));
        NDArray hidden = gate == null ? activated : gated(activated, input.apply(normed));
        NDArray written = output.apply(hooks.at(at, "mlp.hook_post", hidden));
        return postNorm == null ? written : postNorm.apply(written);
    }

    @Override
    public Mlp with(Relevance other) {
        return new Mlp(other.norm(norm), input, gate, activation, output, other.orNull(postNorm), other);
    }

    private NDArray activated(NDArray x) {
        return relevance.rules().contains(RelevanceRule.IDENTITY_RULE)
                ? x.mul(activation.ratio(x.stopGradient()))
                : activation.of(x);
    }

    private NDArray gated(NDArray activated, NDArray other) {
        NDArray product = activated.mul(other);
        return relevance.rules().contains(RelevanceRule.HALF_RULE) ? Relevance.halved(product) : product;
    }
}
