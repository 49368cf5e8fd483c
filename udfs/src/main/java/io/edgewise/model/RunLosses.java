package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The loss of several runs that share a pass. */
final class RunLosses {
    private RunLosses() {}

    /**
     * The sum of all runs' losses.
     *
     * @param logits {@code [run batch, seq?, vocabulary]}, run by run
     * @param loss makes one number of the logits of one run; called for each run in turn
     */
    static NDArray sum(NDArray logits, int runs, UnaryOperator<NDArray> loss) {
        NDArray sum = null;
        for (NDArray each : logits.split(runs, 0)) {
            NDArray part = loss.apply(each);
            sum = sum == null ? part : sum.add(part);
        }
        return Objects.requireNonNull(sum, "at least one run");
    }
}
