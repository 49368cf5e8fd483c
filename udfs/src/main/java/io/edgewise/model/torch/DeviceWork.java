package io.edgewise.model.torch;

import ai.djl.ndarray.NDArray;

/** Work on a device. A GPU works asynchronously while the caller goes on; the processor is done when a call returns. */
public final class DeviceWork {
    private DeviceWork() {}

    /** Waits until an array and all work before it is finished, by reading one of its numbers. */
    public static void await(NDArray result) {
        try (NDArray flat = result.reshape(-1);
                NDArray first = flat.get("0:1")) {
            first.toFloatArray();
        }
    }
}
