package io.edgewise.model;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;

/** Brings PyTorch up in this JVM, without any network access, with a fixed number of threads an operation. */
final class TorchRuntime {
    private static int threads;

    private TorchRuntime() {}

    /**
     * Loads PyTorch on the first call.
     *
     * @param threadsPerOperation threads that one operation may use; a different number can change the last bits of a
     *     result, so the first call settles it for the JVM
     */
    static synchronized void start(int threadsPerOperation) {
        if (threads == 0) {
            setUnlessGiven("ai.djl.offline", "true");
            setUnlessGiven("OPT_OUT_TRACKING", "true");
            Engine.getEngine("PyTorch");
            JniUtils.setNumThreads(threadsPerOperation);
            threads = threadsPerOperation;
        } else if (threads != threadsPerOperation) {
            throw new IllegalStateException("PyTorch already runs with " + threads + " threads an operation in this"
                    + " JVM, wanted " + threadsPerOperation);
        }
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
