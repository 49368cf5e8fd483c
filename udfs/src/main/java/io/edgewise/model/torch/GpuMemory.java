package io.edgewise.model.torch;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.util.OptionalLong;

/** Memory in use on a GPU, by this process and all others, as CUDA reports it. */
public final class GpuMemory {
    private GpuMemory() {}

    /** Bytes in use now, including those that PyTorch keeps for later arrays; empty for the processor. */
    public static OptionalLong taken(Device device) {
        return device.isGpu() ? OptionalLong.of(CudaUtils.getGpuMemory(device).getCommitted()) : OptionalLong.empty();
    }

    /**
     * By how many bytes the memory in use grows during some work, after PyTorch has given back what it doesn't need. This is the work's
     * peak, since PyTorch keeps what it took. Empty for the processor.
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
