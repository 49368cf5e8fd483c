package io.edgewise.spark;

import io.edgewise.model.Hardware;
import org.apache.spark.api.java.function.Function;

/** What the running task computes on, as Spark and the model's device rule have it. */
public record TaskHardware(ModelSource model) implements HardwareHere, Function<Integer, Hardware> {
    @Override
    public Hardware get() {
        return Hardware.of(ExecutorModels.device(model), model.threads());
    }

    @Override
    public Hardware call(Integer task) {
        return get();
    }
}
