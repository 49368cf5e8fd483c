package io.edgewise.model.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A function of PyTorch that DJL has no method for, written in TorchScript. It records gradients where {@link Autograd} does. It lives as
 * long as the JVM and may be called by several threads.
 *
 * <p>PyTorch reads it as an archive of a pickled module without weights and the source of its class. PyTorch's page "TorchScript
 * serialization" describes the format.
 */
public final class TorchFunction {
    /** {@code Function} with its one attribute, {@code training = False}, as Python's second pickle protocol has it. */
    private static final String MODULE = "\u0080\u0002c__torch__\nFunction\n)\u0081}(X\b\0\0\0training\u0089ub.";

    private static final String NO_CONSTANTS = "\u0080\u0002).";

    private final PtSymbolBlock compiled;

    /**
     * @param arguments names, {@code x} or {@code x, y}
     * @param result an expression of TorchScript
     */
    public TorchFunction(String arguments, String result) {
        String typed = arguments.replaceAll("\\w+", "$0: Tensor");
        String code = "class Function(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
                + "  def forward(self: __torch__.Function, " + typed + ") -> Tensor:\n    return " + result + "\n";
        JniUtils.setGraphExecutorOptimize(false);
        PtNDManager manager = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch");
        try {
            compiled = JniUtils.loadModule(manager, new ByteArrayInputStream(archive(code)), false, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Calls the function. Arguments must have no names, since DJL would give names a meaning. The result belongs to the manager of
     * the first argument.
     */
    public NDArray apply(NDArray... arguments) {
        return IValueUtils.forward(compiled, new NDList(arguments), true).singletonOrThrow();
    }

    private static byte[] archive(String code) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "data.pkl", MODULE);
            put(zip, "code/__torch__.py", code);
            put(zip, "constants.pkl", NO_CONSTANTS);
            put(zip, "version", "10\n");
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry("function/" + name));
        zip.write(content.getBytes(StandardCharsets.ISO_8859_1));
        zip.closeEntry();
    }
}
