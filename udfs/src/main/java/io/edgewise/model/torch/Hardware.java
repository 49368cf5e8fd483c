package io.edgewise.model.torch;

import ai.djl.Device;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The hardware that decides the last bits of a number: the kernels that PyTorch chooses for a processor or a GPU, and how many threads
 * share an operation. Two runs on equal hardware give the same bits; on other hardware they give the same numbers except for rounding.
 *
 * @param cpu the processor, as it names itself
 * @param vectorInstructions the widest vector instructions that PyTorch's own kernels use: {@code AVX512}, {@code AVX2} or {@code DEFAULT}
 * @param reproducible whether PyTorch, MKL and oneDNN are held to instructions that give the same bits on every x86-64 processor with AVX2
 * @param threads that an operation uses
 * @param gpu the GPU's model; null where the processor does the work
 */
public record Hardware(String cpu, String vectorInstructions, boolean reproducible, int threads, @Nullable String gpu)
        implements Serializable {

    /** The environment variables that hold the three libraries to one kind of kernels. MKL's other kernels depend on the processor's manufacturer. */
    public static final Map<String, String> REPRODUCIBLE =
            Map.of("ATEN_CPU_CAPABILITY", "avx2", "MKL_CBWR", "COMPATIBLE", "ONEDNN_MAX_CPU_ISA", "AVX2");

    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final Path GPUS = Path.of("/proc/driver/nvidia/gpus");
    private static final List<String> BY_WIDTH = List.of("DEFAULT", "AVX2", "AVX512");
    private static final Set<String> AVX2 = Set.of("avx2", "fma");
    private static final Set<String> AVX512 = Set.of("avx2", "fma", "avx512f", "avx512vl", "avx512bw", "avx512dq");

    /**
     * The hardware of this JVM.
     *
     * @param device that computes
     * @param threads that an operation uses
     */
    public static Hardware of(Device device, int threads) {
        return of(lines(CPU), System.getenv(), threads, device.isGpu() ? gpu(GPUS, device) : null);
    }

    static Hardware of(List<String> cpuInfo, Map<String, String> environment, int threads, @Nullable String gpu) {
        Set<String> flags = Set.copyOf(Arrays.asList(field(cpuInfo, "flags", "").split(" ")));
        return new Hardware(
                field(cpuInfo, "model name", System.getProperty("os.arch")),
                vectorInstructions(flags, environment),
                flags.containsAll(AVX2) && environment.entrySet().containsAll(REPRODUCIBLE.entrySet()),
                threads,
                gpu);
    }

    /** The instructions that PyTorch chooses: the widest that the processor has, or what the environment says. */
    private static String vectorInstructions(Set<String> flags, Map<String, String> environment) {
        String asked = environment.getOrDefault("ATEN_CPU_CAPABILITY", "").toUpperCase(Locale.ROOT);
        if (BY_WIDTH.contains(asked)) {
            return asked;
        }
        return flags.containsAll(AVX512) ? "AVX512" : flags.containsAll(AVX2) ? "AVX2" : "DEFAULT";
    }

    /** The GPU's model, as the driver of this machine reports it; the device's number where it reports nothing. */
    static String gpu(Path driver, Device device) {
        try (Stream<Path> gpus = Files.list(driver)) {
            String models = gpus.map(gpu -> field(lines(gpu.resolve("information")), "Model", ""))
                    .filter(model -> !model.isEmpty())
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
            return models.isEmpty() ? device.toString() : models;
        } catch (IOException e) {
            return device.toString();
        }
    }

    /** A name shared by exactly the hardware that gives the same bits. Finished batches of different kinds aren't added up. */
    public String kind() {
        String kernels = reproducible && gpu == null ? "reproducible" : cpu + ", " + vectorInstructions;
        return kernels + (gpu == null ? "" : ", " + gpu) + ", threads " + threads;
    }

    private static String field(List<String> lines, String name, String otherwise) {
        return lines.stream()
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2 && parts[0].strip().equals(name))
                .map(parts -> parts[1].strip())
                .findFirst()
                .orElse(otherwise);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
