package io.edgewise.circuit;

import io.edgewise.prompt.PromptSide;

/** Which edges of a circuit run are patched; AutoCircuit's {@code PatchType}. */
public enum PatchType {
    /** Runs on the corrupt prompts and patches the circuit's edges with clean activations. */
    EDGE_PATCH(PromptSide.CORRUPT),
    /** Runs on the clean prompts and patches the edges that are not in the circuit with corrupt activations. */
    TREE_PATCH(PromptSide.CLEAN);

    private final PromptSide input;

    PatchType(PromptSide input) {
        this.input = input;
    }

    /** The prompts that run. The other side's activations are patched in. */
    public PromptSide input() {
        return input;
    }

    boolean patches(boolean inCircuit) {
        return inCircuit == (this == EDGE_PATCH);
    }
}
