package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.jobs.input.ScoreFile;
import io.edgewise.safetensors.FloatTensor;
import io.edgewise.safetensors.Safetensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo model with its weights rounded to bfloat16 has the same circuit. */
@Tag("slow")
class HalfPrecisionModelTest {
    @TempDir
    private static Path temporary;

    private static double[] whole;
    private static double faithfulness;

    @BeforeAll
    static void inFloat32() throws IOException {
        whole = score(CommandRun.MODEL, "whole");
        faithfulness = faithfulness(CommandRun.MODEL, "whole");
    }

    @Test
    void rankingAndFaithfulnessSurviveTheRounding() throws IOException {
        Path rounded = roundedModel();
        double[] half = score(rounded.toString(), "rounded");
        assertThat(rankCorrelation(whole, half)).isGreaterThan(0.99);
        assertThat(faithfulness(rounded.toString(), "rounded")).isCloseTo(faithfulness, within(2.0));
    }

    @Test
    void rankingAndFaithfulnessSurviveProductsOfSixteenBits() throws IOException {
        double[] half = score(CommandRun.MODEL, "half", "--dtype", "bfloat16");
        assertThat(half).isNotEqualTo(whole);
        assertThat(rankCorrelation(whole, half)).isGreaterThan(0.98);
        assertThat(faithfulness(CommandRun.MODEL, "half", "--dtype", "bfloat16"))
                .isCloseTo(faithfulness, within(2.0));
        assertThat(temporary.resolve("half-scores/manifest.json")).content().contains("\"dtype\" : \"bfloat16\"");
    }

    private static Path roundedModel() throws IOException {
        Path model = Path.of(CommandRun.MODEL);
        Path rounded = Files.createDirectories(temporary.resolve("model"));
        for (String file : new String[] {"config.json", "tokenizer.json", "tokenizer_config.json"}) {
            Files.copy(model.resolve(file), rounded.resolve(file));
        }
        Map<String, FloatTensor> tensors =
                Safetensors.decode(Files.readAllBytes(model.resolve("model.safetensors")), "model");
        ObjectNode header = new ObjectMapper().createObjectNode();
        int offset = 0;
        for (Map.Entry<String, FloatTensor> tensor : tensors.entrySet()) {
            ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", "BF16");
            Arrays.stream(tensor.getValue().shape()).forEach(entry.putArray("shape")::add);
            int end = offset + 2 * tensor.getValue().values().length;
            entry.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + offset).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        for (FloatTensor tensor : tensors.values()) {
            for (float value : tensor.values()) {
                // Rounds to the nearest, as every converter does.
                bytes.putShort((short) ((Float.floatToIntBits(value) + 0x8000) >> 16));
            }
        }
        Files.write(rounded.resolve("model.safetensors"), bytes.array());
        return rounded;
    }

    private static double[] score(String model, String name, String... options) throws IOException {
        Path out = temporary.resolve(name + "-scores");
        CommandRun run = run(
                options,
                "score",
                "--model",
                model,
                "--prompts",
                CommandRun.GREATER_THAN,
                "--limit",
                "64",
                "--batch-size",
                "32",
                "--integrated-grad-samples",
                "5",
                "--out",
                out.toString());
        assertThat(run.status()).as(run.err()).isZero();
        Map<String, FloatTensor> byModule =
                new TreeMap<>(Safetensors.decode(Files.readAllBytes(out.resolve(ScoreFile.NAME)), "scores"));
        return byModule.values().stream()
                .flatMapToDouble(tensor ->
                        IntStream.range(0, tensor.values().length).mapToDouble(i -> Math.abs(tensor.values()[i])))
                .toArray();
    }

    private static double faithfulness(String model, String name, String... options) {
        Path out = temporary.resolve(name + "-sweep");
        CommandRun run = run(
                options,
                "sweep",
                "--model",
                model,
                "--prompts",
                CommandRun.GREATER_THAN,
                "--skip",
                "64",
                "--limit",
                "64",
                "--scores",
                temporary.resolve(name + "-scores").toString(),
                "--edge-counts",
                "20",
                "--metrics",
                "answer_diff_percent",
                "--out",
                out.toString());
        assertThat(run.status()).as(run.err()).isZero();
        return CommandRun.table(
                out.resolve("measurements"), table -> table.first().getAs("value"));
    }

    private static CommandRun run(String[] options, String... others) {
        return CommandRun.of(Stream.of(others, options).flatMap(Arrays::stream).toArray(String[]::new));
    }

    private static double rankCorrelation(double[] first, double[] second) {
        double[] a = ranks(first);
        double[] b = ranks(second);
        double squares = 0;
        for (int i = 0; i < a.length; i++) {
            squares += (a[i] - b[i]) * (a[i] - b[i]);
        }
        double n = a.length;
        return 1 - 6 * squares / (n * (n * n - 1));
    }

    private static double[] ranks(double[] values) {
        double[] ranks = new double[values.length];
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted((i, j) -> Double.compare(values[i], values[j]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int rank = 0; rank < order.length; rank++) {
            ranks[order[rank]] = rank;
        }
        return ranks;
    }
}
