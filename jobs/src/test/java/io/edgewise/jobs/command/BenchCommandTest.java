package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.model.Transformer;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BenchCommandTest {

    @Test
    void everyFigureIsThereAndRatiosAreToTheFloor() throws IOException {
        CommandRun run = bench(3);
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode result = new ObjectMapper().readTree(run.out());
        double forward = result.at("/floor/forward_seconds").asDouble();
        double forwardBackward = result.at("/floor/forward_backward_seconds").asDouble();
        assertThat(forward).isPositive();
        assertThat(forwardBackward).isPositive();
        assertThat(result.at("/floor/forward_all_positions_seconds").asDouble()).isPositive();
        assertThat(result.at("/score/ratio").asDouble())
                .isCloseTo(result.at("/score/seconds").asDouble() / (forward + forwardBackward), within(1e-9));
        // The system counts hundredths of a second, and a pass may take less.
        for (String cpu :
                List.of("/floor/forward_cpu_seconds", "/floor/forward_backward_cpu_seconds", "/score/cpu_seconds")) {
            assertThat(result.at(cpu).isNumber()).as(cpu).isTrue();
            assertThat(result.at(cpu).asDouble()).as(cpu).isNotNegative();
        }
        assertThat(result.at("/bootstrap/replicates").asInt()).isEqualTo(200);
        assertThat(result.at("/bootstrap/ratio").asDouble())
                .isCloseTo(
                        result.at("/bootstrap/seconds").asDouble()
                                / result.at("/score/seconds").asDouble(),
                        within(1e-9));
        JsonNode inputs = result.at("/methods/eap_ig_inputs");
        assertThat(inputs.get("ratio").asDouble())
                .isCloseTo(inputs.get("seconds").asDouble() / (6 * forwardBackward), within(1e-9));
        assertThat(result.get("methods"))
                .hasSize(5)
                .allMatch(method -> method.get("ratio").asDouble() > 0);
        assertThat(result.at("/integrated_gradients/cpu_seconds").asDouble()).isNotNegative();
        assertThat(result.at("/integrated_gradients/points").asInt()).isEqualTo(6);
        assertThat(result.at("/integrated_gradients/ratio").asDouble())
                .isCloseTo(result.at("/integrated_gradients/seconds").asDouble() / (6 * forwardBackward), within(1e-9));
        assertThat(result.at("/exact/sampled_edges").asInt()).isBetween(64, 160);
        assertThat(result.at("/exact/ratio").asDouble())
                .isCloseTo(result.at("/exact/seconds_per_edge").asDouble() / forward, within(1e-9))
                .isPositive();
        assertThat(result.at("/mask_step/ratio").asDouble())
                .isCloseTo(result.at("/mask_step/seconds").asDouble() / forwardBackward, within(1e-9));
        assertThat(result.at("/rounds").asInt()).isEqualTo(3);
        assertThat(result.get("circuits").findValuesAsText("edges"))
                .startsWith("0", "1", "2", "5", "10")
                .contains("131", "262")
                .hasSize(22);
        for (JsonNode circuit : result.get("circuits")) {
            assertThat(circuit.get("ratio").asDouble())
                    .isCloseTo(circuit.get("seconds").asDouble() / forward, within(1e-9));
        }
        assertThat(result.get("sweeps").findValuesAsText("circuits")).containsExactly("11", "11");
        for (JsonNode sweep : result.get("sweeps")) {
            assertThat(sweep.get("ratio").asDouble())
                    .isCloseTo(sweep.get("seconds_per_circuit").asDouble() / forward, within(1e-9));
        }
    }

    @Test
    void whatComputesAndInWhichNumbersIsSaid() throws IOException {
        CommandRun run = bench(1, "--device", "cpu", "--dtype", "bfloat16", "--circuits", "false");
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode result = new ObjectMapper().readTree(run.out());
        assertThat(result.get("device").asText()).isEqualTo("cpu");
        assertThat(result.get("dtype").asText()).isEqualTo("bfloat16");
        assertThat(result.get("batch_size").asInt()).isEqualTo(4);
        assertThat(result.has("gpu")).isFalse();
        assertThat(result.has("gpu_mb")).isFalse();
        assertThat(result.get("circuits")).isEmpty();
        assertThat(result.get("sweeps")).isEmpty();
        assertThat(result.has("exact")).isFalse();
        assertThat(result.has("soak")).isFalse();
        assertThat(result.at("/score/seconds").asDouble()).isPositive();
    }

    @Test
    void aSoakSaysWhatIsHeldAfterTenAHundredAndAllBatches() throws IOException {
        CommandRun run = bench(1, "--circuits", "false", "--soak", "120");
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode soak = new ObjectMapper().readTree(run.out()).get("soak");
        assertThat(soak.findValuesAsText("batches")).containsExactly("10", "100", "120");
        assertThat(soak.findValuesAsText("native_arrays")).hasSize(3);
        assertThat(Set.copyOf(soak.findValuesAsText("native_arrays"))).hasSize(1);
        assertThat(soak.findValuesAsText("seconds").stream().map(Double::valueOf))
                .isSorted();
    }

    @Test
    void aGpuThatIsNotThereIsRefused() {
        assumeThat(Transformer.gpus(1)).isZero();
        CommandRun run = bench(1, "--device", "gpu");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.complaints())
                .singleElement()
                .asString()
                .startsWith("edgewise: --device gpu wants GPU 0, but PyTorch sees none there");
    }

    @Test
    void aSoakOfFewerThanNoBatchesIsRefused() {
        assertThat(bench(1, "--soak", "-1").complaints())
                .containsExactly("edgewise: --soak must be at least 0, got -1");
    }

    private static CommandRun bench(int rounds, String... more) {
        String[] few = {
            "bench",
            "--model",
            CommandRun.MODEL,
            "--batch-size",
            "4",
            "--tokens",
            "8",
            "--rounds",
            String.valueOf(rounds),
            "--threads",
            "1"
        };
        return CommandRun.of(CommandRun.with(few, more));
    }

    @Test
    void aShapeThatIsNotKnownIsRefused() {
        CommandRun run = CommandRun.of("bench", "--random", "gpt5");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.complaints())
                .containsExactly("edgewise: No shape is named gpt5; known are gpt2-small, pythia-160m, llama-1b");
    }
}
