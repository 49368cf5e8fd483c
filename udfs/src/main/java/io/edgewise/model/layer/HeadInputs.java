package io.edgewise.model.layer;

import ai.djl.ndarray.NDScope;
import io.edgewise.model.torch.KeptArrays;
import java.util.function.Supplier;

/**
 * How a block's heads read the residual stream.
 *
 * @param norm without gain and bias where these are in the projections
 */
public record HeadInputs(Norm norm, Projections projections) {

    /**
     * A norm and the projections of what it makes, with the norm's gain and bias, and the taking out of means, in the projections.
     *
     * @param loaded loads the projections; their arrays are freed
     */
    public static HeadInputs folded(Norm norm, Supplier<Projections> loaded) {
        try (KeptArrays kept = new KeptArrays();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Projections projections = loaded.get().after(norm);
            for (Linear part : projections.parts()) {
                kept.keep(part.weight());
                if (part.bias() != null) {
                    kept.keep(part.bias());
                }
            }
            return new HeadInputs(norm.bare(kept), projections);
        }
    }
}
