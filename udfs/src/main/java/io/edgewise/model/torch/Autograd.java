package io.edgewise.model.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * PyTorch's automatic differentiation on the calling thread. DJL's own gradient collector is one per JVM; libtorch's grad
 * mode and backward pass are per thread, so several tasks can differentiate at once.
 */
public final class Autograd implements AutoCloseable {
    /** DJL's own query sees only arrays that were given a gradient, not arrays computed from them. */
    private static final TorchFunction IS_RECORDED = new TorchFunction("x", "torch.tensor(x.requires_grad)");

    private final boolean before;

    private Autograd(boolean record) {
        before = JniUtils.isGradMode();
        JniUtils.setGradMode(record);
    }

    /** Records operations on arrays that need a gradient until closed. */
    public static Autograd recording() {
        return new Autograd(true);
    }

    /** Stops recording until closed. */
    public static Autograd off() {
        return new Autograd(false);
    }

    /** Whether an array needs a gradient, or was computed from one that does. */
    public static boolean isRecorded(NDArray array) {
        try (NDArray answer = IS_RECORDED.apply(array)) {
            return answer.getBoolean();
        }
    }

    /** Adds the gradient of a single number to every array that needs one. */
    public static void backward(NDArray loss) {
        try (NDArray one = loss.onesLike()) {
            backward(loss, one);
        }
    }

    /**
     * Goes backward from {@code gradient} at {@code end}, and adds to the gradient of every array that needs one and from which {@code end}
     * was computed. The graph lives as long as the arrays at its ends, so several passes may go through it.
     */
    public static void backward(NDArray end, NDArray gradient) {
        JniUtils.backward((PtNDArray) end, (PtNDArray) gradient, true, false);
    }

    @Override
    public void close() {
        JniUtils.setGradMode(before);
    }
}
