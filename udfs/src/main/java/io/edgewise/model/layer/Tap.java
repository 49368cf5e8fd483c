package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import io.edgewise.graph.DestinationModule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where a forward pass collects the gradient of neighbouring destination modules, which read the same sources.
 *
 * @param array whose gradient is taken: zeros that were added to what is read, or, of heads, all queries, keys and values
 * @param heads what lies between the destinations and the tap; null where nothing does
 */
public record Tap(List<DestinationModule> modules, NDArray array, @Nullable HeadRead heads) {

    /**
     * What heads read, outside any graph of gradients.
     *
     * @param input {@code [b, s, d]}
     */
    public record HeadRead(Heads heads, NDArray input) {}

    public DestinationModule first() {
        return modules.get(0);
    }

    public int destinations() {
        return modules.stream().mapToInt(DestinationModule::destinations).sum();
    }

    /** The gradients at the destinations' inputs, after the backward pass. */
    public InputGradients gradients() {
        NDArray gradient = array.getGradient();
        // A head's one input is read by its query, key and value: three rows for one destination.
        return heads == null
                ? InputGradients.of(gradient)
                : InputGradients.summed(heads.heads().pullBack(heads.input(), array, gradient), destinations());
    }
}
