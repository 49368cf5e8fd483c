package io.edgewise.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.GradientRuns.Changes;
import io.edgewise.model.torch.InPlace;

/** What every source writes at each point of a way, less what it writes at the next point. Passes come from the end of the way to its start. */
final class ChangesOnTheWay {
    private final NDArray next;

    private ChangesOnTheWay(NDArray end) {
        next = end.duplicate();
    }

    /**
     * The changes on a way.
     *
     * @param end what the sources write where the way ends, {@code [source, batch, seq, d_model]}
     */
    static Changes to(NDArray end) {
        return new Changes.OfRun(new ChangesOnTheWay(end)::of);
    }

    /** @param written at consecutive points, {@code [source, point batch, seq, d_model]} */
    private NDArray of(NDArray written) {
        Shape one = next.getShape();
        Shape byPoint = new Shape(one.get(0), -1).addAll(one.slice(1));
        NDArray here = written.reshape(byPoint);
        NDArray after = NDArrays.concat(new NDList(here.get(":, 1:"), next.expandDims(1)), 1);
        NDArray changes = here.sub(after).reshape(written.getShape());
        InPlace.copy(here.get(":, 0"), next);
        return changes;
    }
}
