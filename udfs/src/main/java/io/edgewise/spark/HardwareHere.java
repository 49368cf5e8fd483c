package io.edgewise.spark;

import io.edgewise.model.torch.Hardware;
import java.io.Serializable;

/** Reports what its JVM computes on. */
@FunctionalInterface
public interface HardwareHere extends Serializable {
    Hardware get();
}
