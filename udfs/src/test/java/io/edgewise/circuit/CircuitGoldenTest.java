package io.edgewise.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.Golden;
import io.edgewise.Third;
import io.edgewise.metric.AreaUnderCurve;
import io.edgewise.metric.CurveAxes;
import io.edgewise.model.config.NormConfig;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.reduce.BatchTotal;
import io.edgewise.score.PruneScores;
import io.edgewise.uncertainty.Bootstrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** AutoCircuit's own circuits: {@code circuits/<score key>/<patch type>/<ablation>/reverse=<boolean>}. */
class CircuitGoldenTest {
    private static final double ROUNDING = 5e-3;

    /** AutoCircuit's name of a metric. */
    private static String goldenName(String metric) {
        String function = metric.contains("_logprob") ? "log_softmax" : metric.contains("_prob") ? "softmax" : "logits";
        String base = metric.replaceFirst("_(log)?prob", "").replace("_mean_of_ratios", "");
        return switch (base) {
            case "answer_diff" -> "answer_diff/" + function;
            case "answer_diff_percent" ->
                "answer_diff_percent/" + function + "/diff_of_means="
                        + (metric.endsWith("_mean_of_ratios") ? "False" : "True");
            case "answer_value" -> "answer_value/" + function + "/wrong_answer=False";
            case "wrong_answer_value" -> "answer_value/" + function + "/wrong_answer=True";
            case "kl_div_clean" -> "kl_div/compare_to_clean=True";
            case "kl_div_corrupt" -> "kl_div/compare_to_clean=False";
            case "correct_answer_percent" -> "correct_answer_percent/out_of_correct_and_incorrect=False";
            case "correct_answer_greater_than_incorrect_percent" ->
                "correct_answer_percent/out_of_correct_and_incorrect=True";
            default -> throw new IllegalArgumentException(metric);
        };
    }

    static Stream<Arguments> aThird() {
        return Third.of(keys());
    }

    static Stream<Arguments> theOthers() {
        return Third.others(keys());
    }

    private static Stream<Arguments> keys() {
        return Golden.VARIANTS.stream().map(Golden::of).flatMap(golden -> {
            Iterable<String> names = () -> golden.info().get("circuits").fieldNames();
            return StreamSupport.stream(names.spliterator(), false).map(key -> Arguments.of(golden, key));
        });
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("theOthers")
    void allOutputsCountsAndMetricsAreAutoCircuits(Golden variant, String key) {
        outputsCountsAndMetricsAreAutoCircuits(variant, key);
    }

    @ParameterizedTest
    @MethodSource("aThird")
    void outputsCountsAndMetricsAreAutoCircuits(Golden variant, String key) {
        JsonNode golden = variant.info().get("circuits").get(key);
        double tolerance = tolerance(variant, key);
        CircuitRunner runner = runner(variant, key, ints(golden.get("requested")));
        assertThat(runner.circuits().stream()
                        .map(Circuit::achievedEdges)
                        .distinct()
                        .toList())
                .as("achieved edge counts")
                .isEqualTo(ints(golden.get("actual")));
        for (PromptBatch batch : variant.batches()) {
            runner.run(variant.model(), batch, (place, logits) -> {
                int achieved = runner.circuits().get(place).achievedEdges();
                float[] expected = variant.tensor(key + "/n=" + achieved + "/b" + batch.index())
                        .values();
                assertArrayEquals(expected, logits.toFloatArray(), (float) tolerance, () -> "logits of %d edges"
                        .formatted(achieved));
            });
        }
        checkMetrics(
                variant,
                new CircuitSweep(runner, Golden.metrics(), Bootstrap.NONE, List.of(), 0),
                golden.get("metrics"),
                tolerance);
    }

    /**
     * Where edges carry zeros a stream without biases may be nothing but rounding, which a norm divides by the root of its small
     * epsilon: AutoCircuit's own numbers are that rounding then.
     */
    private static double tolerance(Golden variant, String key) {
        boolean isRounding =
                key.contains("_PATCH/ZERO/") && variant.model().config().norm().type() == NormConfig.Type.RMS;
        return isRounding ? ROUNDING : 1e-4;
    }

    private static void checkMetrics(Golden variant, CircuitSweep sweep, JsonNode golden, double tolerance) {
        BatchTotal total = new BatchTotal();
        variant.batches().forEach(batch -> total.add(sweep.measure(variant.model(), batch)));
        List<Measurement> measurements = sweep.finish(total.finish(), total.prompts());
        checkAreas(measurements, golden.get("auc"));
        for (Measurement measurement : measurements) {
            JsonNode curve = golden.get(goldenName(measurement.metric()));
            if (curve == null) {
                // AutoCircuit itself fails here: it asks for one answer a prompt.
                assertThat(measurement.metric()).startsWith("correct_answer");
                continue;
            }
            JsonNode points = curve.isArray() ? curve : curve.get("means");
            if (tolerance == ROUNDING && measurement.metric().contains("percent")) {
                // Which of two roundings is the larger says nothing.
                continue;
            }
            double expected = at(points, measurement);
            if (Double.isNaN(expected)) {
                // A mean of ratios where the full model's difference is zero somewhere.
                assertThat(measurement.value()).isNaN();
                continue;
            }
            // A mean of ratios is as uncertain as the widest: those of all sizes have the same divisors, of which one
            // may be close to 0.
            double spread = curve.isArray() ? 0 : Math.max(widest(points), widest(curve.get("std")));
            double unit = measurement.metric().contains("percent") ? 100 : 1;
            double scale = Math.max(Math.max(unit, Math.abs(expected)), spread);
            assertThat(measurement.value())
                    .as(
                            "%s of %d edges",
                            measurement.metric(), measurement.circuit().achievedEdges())
                    .isCloseTo(expected, within(tolerance * scale));
        }
    }

    /** Areas: {@code <metric>|log_x=...|log_y=...|y_min=...}. */
    private static void checkAreas(List<Measurement> measurements, JsonNode golden) {
        if (golden == null) {
            return;
        }
        golden.properties().forEach(area -> {
            String[] parts = area.getKey().split("[|=]", -1);
            boolean hasEquals =
                    area.getKey().startsWith("kl_div") || area.getKey().startsWith("answer_value");
            int first = hasEquals ? 3 : 2;
            boolean logY = parts[first + 2].equals("True");
            CurveAxes axes =
                    new CurveAxes(parts[first].equals("True"), logY, logY ? Double.parseDouble(parts[first + 4]) : 0);
            String name = area.getKey().substring(0, area.getKey().indexOf('|'));
            Map<Integer, Double> curve = measurements.stream()
                    .filter(measurement -> goldenName(measurement.metric()).equals(name))
                    .collect(Collectors.toMap(
                            measurement -> measurement.circuit().achievedEdges(), Measurement::value, (a, b) -> b));
            if (area.getValue().isNumber()) {
                assertThat(AreaUnderCurve.of(curve, axes).orElseThrow())
                        .as(area.getKey())
                        .isCloseTo(
                                area.getValue().asDouble(),
                                within(1e-3 * Math.max(1, area.getValue().asDouble())));
            } else {
                // AutoCircuit fails where no circuit without edges was run.
                assertThat(AreaUnderCurve.of(curve, axes)).as(area.getKey()).isEmpty();
            }
        });
    }

    private static double widest(JsonNode points) {
        return StreamSupport.stream(points.spliterator(), false)
                .mapToDouble(point -> point.get(1).asDouble(Double.NaN))
                .filter(Double::isFinite)
                .map(Math::abs)
                .max()
                .orElse(0);
    }

    private static double at(JsonNode points, Measurement measurement) {
        return StreamSupport.stream(points.spliterator(), false)
                .filter(point -> point.get(0).asInt() == measurement.circuit().achievedEdges())
                .findFirst()
                .orElseThrow()
                .get(1)
                .asDouble(Double.NaN);
    }

    private static CircuitRunner runner(Golden variant, String key, List<Integer> counts) {
        String[] parts = key.split("/", -1);
        String scoreKey = key.substring("circuits/".length(), key.indexOf("/" + parts[parts.length - 3] + "/"));
        PruneScores scores = PruneScores.fromTensors(variant.model().graph(), variant.scores(scoreKey), scoreKey);
        PatchType patchType = PatchType.valueOf(parts[parts.length - 3]);
        boolean reverse = parts[parts.length - 1].equals("reverse=True");
        return new CircuitRunner(
                scores,
                Circuit.of(scores, counts),
                patchType,
                variant.ablation(parts[parts.length - 2], CircuitRunner.patchSide(patchType, reverse)),
                reverse);
    }

    private static List<Integer> ints(JsonNode array) {
        List<Integer> ints = new ArrayList<>();
        array.forEach(item -> ints.add(item.asInt()));
        return ints;
    }
}
