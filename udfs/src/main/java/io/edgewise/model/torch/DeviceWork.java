package io.edgewise.model.torch;

import ai.djl.ndarray.NDArray;

/** Work on a device. A GPU is asked and works on while the caller goes on; the processor is done when a call returns. */
public final class DeviceWork {
    private DeviceWork() {}

    /** Waits until an array's numbers are there, and all that was asked for before it: reads one of them. */
    public static void await(NDArray result) {
        try (NDArray flat = result.reshape(-1);
                NDArray first = flat.get("0:1")) {
            first.toFloatArray();
        }
    }
}
