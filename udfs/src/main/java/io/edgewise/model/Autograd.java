package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * PyTorch's automatic differentiation on the calling thread. DJL's own gradient collector is one per JVM; libtorch's grad
 * mode and backward pass are per thread, so several tasks can differentiate at once.
 */
final class Autograd implements AutoCloseable {
    private final boolean before;

    private Autograd(boolean record) {
        before = JniUtils.isGradMode();
        JniUtils.setGradMode(record);
    }

    /** Records operations on arrays that need a gradient until closed. */
    static Autograd recording() {
        return new Autograd(true);
    }

    /** Records nothing until closed. */
    static Autograd off() {
        return new Autograd(false);
    }

    /** Adds the gradient of a single number to every array that needs one. */
    static void backward(NDArray loss) {
        try (NDArray one = loss.onesLike()) {
            JniUtils.backward((PtNDArray) loss, (PtNDArray) one, false, false);
        }
    }

    @Override
    public void close() {
        JniUtils.setGradMode(before);
    }
}
