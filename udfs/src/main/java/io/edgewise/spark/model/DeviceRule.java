package io.edgewise.spark.model;

import ai.djl.Device;
import io.edgewise.InputException;
import io.edgewise.model.Transformer;

/** The devices that a task may compute on. */
public enum DeviceRule {
    /** The GPU that Spark gives the task, where it gives one; else the processor. */
    AUTO,
    /** The processor, whatever Spark gives. */
    CPU,
    /** The GPU that Spark gives the task; where Spark gives none, the only one there is. */
    GPU;

    /**
     * The device of the running task; outside a task, where Spark gives no GPU, the device by the rule alone.
     *
     * @param threads that an operation of PyTorch may use
     * @throws InputException where the rule or Spark requires a GPU that PyTorch doesn't see
     */
    public Device here(int threads) {
        return TaskDevice.current(() -> Transformer.gpus(threads)).choose(this);
    }
}
