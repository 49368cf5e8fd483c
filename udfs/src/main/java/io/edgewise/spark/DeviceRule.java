package io.edgewise.spark;

/** What a task may compute on. */
public enum DeviceRule {
    /** The GPU that Spark gives the task, where it gives one; else the processor. */
    AUTO,
    /** The processor, whatever Spark gives. */
    CPU,
    /** The GPU that Spark gives the task; without Spark's giving, the only one there is. */
    GPU
}
