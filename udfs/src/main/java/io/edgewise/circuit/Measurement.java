package io.edgewise.circuit;

import io.edgewise.uncertainty.Estimate;
import java.io.Serializable;

/**
 * One metric of one circuit over all prompts.
 *
 * @param estimate its value, and its values in the replicates of the bootstrap
 */
public record Measurement(Circuit circuit, String metric, Estimate estimate, long prompts) implements Serializable {
    /** The value over the original prompts; not a number where it isn't defined. */
    public double value() {
        return estimate.value();
    }
}
