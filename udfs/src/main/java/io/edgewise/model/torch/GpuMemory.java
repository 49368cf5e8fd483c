package io.edgewise.model.torch;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.util.OptionalLong;

/** Memory that is taken on a GPU, by this process and all others, as CUDA tells it. */
public final class GpuMemory {
    private GpuMemory() {}

    /** Bytes that are taken now, those that PyTorch keeps for later arrays too; empty for the processor. */
    public static OptionalLong taken(Device device) {
        return device.isGpu() ? OptionalLong.of(CudaUtils.getGpuMemory(device).getCommitted()) : OptionalLong.empty();
    }

    /**
     * By how many bytes work makes grow what is taken, after PyTorch has given back what it doesn't need: the most that is needed at
     * once, for PyTorch keeps it. Empty for the processor.
     */
    public static OptionalLong growth(Device device, Runnable work) {
        if (!device.isGpu()) {
            work.run();
            return OptionalLong.empty();
        }
        TorchRuntime.giveBackGpuMemory();
        long before = taken(device).orElseThrow();
        work.run();
        return OptionalLong.of(taken(device).orElseThrow() - before);
    }
}
