package io.edgewise.model.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardwareTest {
    private static final List<String> EPYC = List.of(
            "processor\t: 0",
            "model name\t: AMD EPYC 9B14",
            "flags\t\t: fpu sse2 fma avx2 avx512f avx512dq avx512bw avx512vl",
            "",
            "processor\t: 1",
            "model name\t: another");
    private static final List<String> RYZEN = List.of("model name\t: AMD Ryzen 5", "flags\t\t: fpu sse2 fma avx2");

    @TempDir
    private Path driver;

    private static Hardware of(List<String> cpuInfo, Map<String, String> environment) {
        return Hardware.of(cpuInfo, environment, 2, null);
    }

    @Test
    void theProcessorAndTheWidestOfItsInstructionsAreTold() {
        assertThat(of(EPYC, Map.of())).isEqualTo(new Hardware("AMD EPYC 9B14", "AVX512", false, 2, null));
        assertThat(of(RYZEN, Map.of())).isEqualTo(new Hardware("AMD Ryzen 5", "AVX2", false, 2, null));
        assertThat(of(List.of(), Map.of()).vectorInstructions()).isEqualTo("DEFAULT");
        assertThat(of(List.of("flags\t\t: fma avx2  fma avx2 "), Map.of()).vectorInstructions())
                .isEqualTo("AVX2");
        assertThat(of(EPYC, Map.of("ATEN_CPU_CAPABILITY", "avx2")).vectorInstructions())
                .isEqualTo("AVX2");
    }

    @Test
    void whatGivesOtherBitsIsAnotherKind() {
        assertThat(of(EPYC, Map.of()).kind()).isEqualTo("AMD EPYC 9B14, AVX512, threads 2");
        assertThat(List.of(
                        of(EPYC, Map.of()).kind(),
                        of(RYZEN, Map.of()).kind(),
                        of(EPYC, Map.of("ATEN_CPU_CAPABILITY", "avx2")).kind(),
                        Hardware.of(EPYC, Map.of(), 1, null).kind(),
                        Hardware.of(EPYC, Map.of(), 2, "NVIDIA H100").kind(),
                        of(EPYC, Hardware.REPRODUCIBLE).kind()))
                .doesNotHaveDuplicates();
    }

    @Test
    void reproducibleProcessorsAreOneKindAndGpusAreNot() {
        assertThat(of(EPYC, Hardware.REPRODUCIBLE).kind())
                .isEqualTo(of(RYZEN, Hardware.REPRODUCIBLE).kind())
                .isEqualTo("reproducible, threads 2");
        assertThat(of(List.of(), Hardware.REPRODUCIBLE).reproducible())
                .as("without AVX2")
                .isFalse();
        assertThat(Hardware.of(EPYC, Hardware.REPRODUCIBLE, 2, "NVIDIA H100").kind())
                .isNotEqualTo(
                        Hardware.of(EPYC, Hardware.REPRODUCIBLE, 2, "NVIDIA T4").kind());
    }

    @Test
    void aGpuIsCalledWhatItsDriverCallsIt() throws IOException {
        assertThat(Hardware.gpu(driver.resolve("none"), Device.gpu(1))).isEqualTo("gpu(1)");
        for (String address : List.of("0000:04:00.0", "0000:05:00.0")) {
            Path gpu = Files.createDirectory(driver.resolve(address));
            Files.writeString(gpu.resolve("information"), "Model: \t\t NVIDIA H100 80GB HBM3\nIRQ:   \t\t 30\n");
        }
        assertThat(Hardware.gpu(driver, Device.gpu(1))).isEqualTo("NVIDIA H100 80GB HBM3");
    }

    @Test
    void thisMachineHasAName() {
        assertThat(Hardware.of(Device.cpu(), 3).cpu()).isNotBlank();
        assertThat(Hardware.of(Device.cpu(), 3).threads()).isEqualTo(3);
    }
}
