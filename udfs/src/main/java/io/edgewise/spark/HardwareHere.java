package io.edgewise.spark;

import io.edgewise.model.torch.Hardware;
import java.io.Serializable;

/** Says what the JVM that asks computes on. */
@FunctionalInterface
public interface HardwareHere extends Serializable {
    Hardware get();
}
