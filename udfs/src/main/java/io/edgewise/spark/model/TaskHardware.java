package io.edgewise.spark.model;

import io.edgewise.model.torch.Hardware;
import org.apache.spark.api.java.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The hardware that the running task computes on, by Spark and the model's device rule. Every task has a copy of its own, which asks once.
 */
public final class TaskHardware implements HardwareHere, Function<Integer, Hardware> {
    private final ModelSource model;
    private transient @Nullable Hardware here;

    /** The hardware of the model's device. */
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
