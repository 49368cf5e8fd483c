package io.edgewise.jobs.run;

/** Memory, cores and GPUs as messages show them. */
final class Sizes {
    private static final int MIB = 1024;

    private Sizes() {}

    /** @param memory in MiB */
    static String of(long memory, int cores, int gpus) {
        return memory(memory) + ", " + counted(cores, "core") + (gpus > 0 ? ", " + counted(gpus, "GPU") : "");
    }

    private static String memory(long mib) {
        return mib % MIB == 0 ? mib / MIB + " GiB" : mib + " MiB";
    }

    static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
