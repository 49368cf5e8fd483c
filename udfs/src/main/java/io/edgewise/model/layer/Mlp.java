package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.config.Activation;
import org.jspecify.annotations.Nullable;

/**
 * The MLP of one block, with its norms.
 *
 * @param norm of what is read
 * @param gate the projection that the activation is applied to, where the result multiplies {@code input}'s projection; null where the
 *     activation is applied to {@code input}'s projection itself
 * @param postNorm of what is written; null for none
 */
public record Mlp(
        Norm norm, Linear input, @Nullable Linear gate, Activation activation, Linear output, @Nullable Norm postNorm) {

    /** What the MLP adds to the residual stream, {@code [b, s, d]}. */
    public NDArray apply(NDArray residual, Hooks hooks, String at) {
        NDArray normed = norm.apply(residual);
        NDArray activated = activation.of(hooks.at(at, "mlp.hook_pre", (gate == null ? input : gate).apply(normed)));
        NDArray hidden = gate == null ? activated : activated.mul(input.apply(normed));
        NDArray written = output.apply(hooks.at(at, "mlp.hook_post", hidden));
        return postNorm == null ? written : postNorm.apply(written);
    }
}
