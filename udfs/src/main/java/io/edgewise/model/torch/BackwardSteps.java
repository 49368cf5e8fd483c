package io.edgewise.model.torch;

import ai.djl.ndarray.NDArray;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The backward pass of a forward pass whose graph of gradients is in pieces. Its steps are noted during the forward pass, and run in reverse order.
 */
public final class BackwardSteps {
    private final KeptArrays kept;
    private final Deque<Runnable> steps = new ArrayDeque<>();

    public BackwardSteps(KeptArrays kept) {
        this.kept = kept;
    }

    /** Notes a step, which runs when all later steps have completed its gradients. */
    public void add(Runnable step) {
        steps.push(step);
    }

    /**
     * Ends a piece of the graph. The piece is freed when the backward pass has gone through it.
     *
     * @return the same numbers, where the next piece begins
     */
    public NDArray cut(NDArray end) {
        if (!Autograd.isRecorded(end)) {
            return end;
        }
        NDArray begin = kept.keep(end.stopGradient());
        begin.setRequiresGradient(true);
        kept.keep(end);
        add(() -> {
            Autograd.backward(end, begin.getGradient());
            end.close();
        });
        return begin;
    }

    /** Goes through all pieces, from the gradient of a single number. */
    public void run(NDArray loss) {
        Autograd.backward(loss);
        while (!steps.isEmpty()) {
            KeptArrays.none(steps.pop());
        }
    }
}
