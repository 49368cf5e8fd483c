package io.edgewise.spark;

import io.edgewise.model.torch.Hardware;
import org.apache.spark.api.java.function.Function;
import org.jspecify.annotations.Nullable;

/** What the running task computes on, as Spark and the model's device rule have it. A task, which has a copy of its own, asks once. */
public final class TaskHardware implements HardwareHere, Function<Integer, Hardware> {
    private final ModelSource model;
    private transient @Nullable Hardware here;

    /** Asks about the device of the model. */
    public TaskHardware(ModelSource model) {
        this.model = model;
    }

    @Override
    public Hardware get() {
        if (here == null) {
            here = Hardware.of(model.device().here(model.threads()), model.threads());
        }
        return here;
    }

    @Override
    public Hardware call(Integer task) {
        return get();
    }
}
