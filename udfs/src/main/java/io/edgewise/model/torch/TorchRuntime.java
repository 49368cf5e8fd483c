package io.edgewise.model.torch;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import io.edgewise.InputException;

/** Loads PyTorch in this JVM, without any network access, with a fixed number of threads per operation. */
public final class TorchRuntime {
    private static int threads;

    private TorchRuntime() {}

    /**
     * Loads PyTorch on the first call.
     *
     * @param threadsPerOperation threads that one operation may use; a different number can change the last bits of a
     *     result, so the first call decides it for the JVM
     */
    public static synchronized void start(int threadsPerOperation) {
        if (threads == 0) {
            setUnlessGiven("ai.djl.offline", "true");
            setUnlessGiven("OPT_OUT_TRACKING", "true");
            load();
            JniUtils.setNumThreads(threadsPerOperation);
            threads = threadsPerOperation;
        } else if (threads != threadsPerOperation) {
            throw new IllegalStateException("PyTorch already runs with " + threads + " threads an operation in this"
                    + " JVM, wanted " + threadsPerOperation);
        }
    }

    /** Gives back the GPUs' memory that PyTorch keeps for later arrays. */
    static void giveBackGpuMemory() {
        JniUtils.emptyCudaCache();
    }

    /** @throws InputException where PyTorch's libraries aren't there: some jars and images leave them to the user */
    private static void load() {
        try {
            Engine.getEngine("PyTorch");
        } catch (EngineException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new InputException(
                    "PyTorch's libraries could not be loaded (" + cause.getMessage()
                            + "); give pytorch-native-cpu's jar with --jars, or say in PYTORCH_LIBRARY_PATH, PYTORCH_VERSION"
                            + " and PYTORCH_FLAVOR where they are",
                    e);
        }
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
