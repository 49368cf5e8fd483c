package io.edgewise.spark.model;

import io.edgewise.model.torch.Hardware;
import java.io.Serializable;

/** A reporter of the hardware that its JVM computes on. */
@FunctionalInterface
public interface HardwareHere extends Serializable {
    Hardware get();
}
