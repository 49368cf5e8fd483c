package io.edgewise.ablation;

/** What takes the place of a source's output on an ablated edge; AutoCircuit's {@code AblationType}. */
public enum AblationType {
    /** The source's output on the other prompt of the pair. */
    RESAMPLE
}
