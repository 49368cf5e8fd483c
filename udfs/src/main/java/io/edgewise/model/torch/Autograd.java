package io.edgewise.model.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * PyTorch's automatic differentiation on the calling thread. DJL's own gradient collector is one per JVM; libtorch's grad
 * mode and backward pass are per thread, so several tasks can differentiate at once.
 */
public final class Autograd implements AutoCloseable {
    /** DJL's own question is about arrays that were given a gradient, not of what was made of them. */
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

    /** Records nothing until closed. */
    public static Autograd off() {
        return new Autograd(false);
    }

    /** Whether an array was made of one that needs a gradient, or needs one itself. */
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
     * Adds what {@code gradient} at {@code end} makes of every array that needs a gradient and that {@code end} was made of. The graph
     * lasts as long as the arrays at its ends, so that several passes may go through it.
     */
    public static void backward(NDArray end, NDArray gradient) {
        JniUtils.backward((PtNDArray) end, (PtNDArray) gradient, true, false);
    }

    @Override
    public void close() {
        JniUtils.setGradMode(before);
    }
}
