package io.edgewise.jobs.sweep;

import io.edgewise.InputException;
import io.edgewise.circuit.BenchmarkArea;
import io.edgewise.circuit.Faithfulness;
import io.edgewise.circuit.PatchType;
import io.edgewise.metric.CircuitMetric;
import io.edgewise.metric.MeanSquaredError;
import io.edgewise.prompt.AnswerKind;
import io.edgewise.prompt.PromptNeeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a sweep measures.
 *
 * @param metrics the metrics of the circuits that were asked for
 * @param faithfulness whether the share of the behaviour that circuits keep is measured
 * @param areas the areas of the MIB benchmark, computed from the answer differences of circuits of its own sizes
 */
public record SweepMetrics(List<CircuitMetric> metrics, List<BenchmarkArea> areas, boolean faithfulness) {
    public SweepMetrics {
        metrics = List.copyOf(metrics);
        areas = areas.stream().distinct().toList();
    }

    /** The names of the metrics that are measured where none are asked for, by what the answers are. */
    public static List<String> usual(AnswerKind answers) {
        return answers == AnswerKind.VALUES
                ? List.of(MeanSquaredError.NAME, "kl_div_clean")
                : List.of(
                        Faithfulness.NAME,
                        "answer_diff",
                        "answer_diff_percent",
                        "kl_div_clean",
                        "correct_answer_percent");
    }

    /**
     * Metrics by their names.
     *
     * @throws InputException where there is no metric of a name
     */
    public static SweepMetrics named(List<String> names) {
        List<CircuitMetric> metrics = new ArrayList<>();
        List<BenchmarkArea> areas = new ArrayList<>();
        boolean faithfulness = false;
        for (String name : names) {
            Optional<BenchmarkArea> area = area(name.strip());
            if (name.strip().equalsIgnoreCase(Faithfulness.NAME)) {
                faithfulness = true;
            } else if (area.isPresent()) {
                areas.add(area.get());
            } else {
                metrics.add(CircuitMetric.named(name.strip()).orElseThrow(() -> unknown(name)));
            }
        }
        return new SweepMetrics(metrics, areas, faithfulness);
    }

    private static Optional<BenchmarkArea> area(String name) {
        return Arrays.stream(BenchmarkArea.values())
                .filter(area -> area.metric().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private static InputException unknown(String name) {
        return new InputException("--metrics has \"" + name + "\"; known are "
                + Faithfulness.NAME + ", "
                + Stream.concat(
                                CircuitMetric.all().stream().map(CircuitMetric::name),
                                Arrays.stream(BenchmarkArea.values()).map(BenchmarkArea::metric))
                        .collect(Collectors.joining(", ")));
    }

    /** @throws InputException where the areas are not defined for such runs */
    void check(PatchType patchType, boolean reverseCleanCorrupt) {
        if (!areas.isEmpty() && (patchType != PatchType.TREE_PATCH || reverseCleanCorrupt)) {
            throw new InputException(areas.get(0).metric() + " wants --patch-type TREE_PATCH without"
                    + " --reverse-clean-corrupt: the benchmark ablates what is not in a circuit");
        }
    }

    /** The metrics that are measured on every circuit; faithfulness and the areas are computed from answer differences. */
    List<CircuitMetric> measured() {
        List<CircuitMetric> measured = new ArrayList<>(metrics);
        if (faithfulness || !areas.isEmpty()) {
            measured.add(Faithfulness.DIFFERENCE);
        }
        return measured.stream().distinct().toList();
    }

    /** What they need of prompts. */
    PromptNeeds needs() {
        PromptNeeds needs =
                faithfulness ? PromptNeeds.bothAnswers("--metrics " + Faithfulness.NAME) : PromptNeeds.NOTHING;
        for (BenchmarkArea area : areas) {
            needs = needs.and(PromptNeeds.bothAnswers("--metrics " + area.metric()));
        }
        for (CircuitMetric metric : metrics) {
            needs = needs.and(metric.needs());
        }
        return needs;
    }

    /** Whether only areas of the MIB benchmark were asked for, which have circuits of their own. */
    boolean isOfAreasOnly() {
        return metrics.isEmpty() && !faithfulness;
    }

    /** Whether a metric of this name was asked for. */
    boolean has(String metric) {
        return metrics.stream().anyMatch(asked -> asked.name().equals(metric));
    }

    /** Whether faithfulness and the areas are computed from the metric of this name. */
    static boolean isDifference(String metric) {
        return Faithfulness.DIFFERENCE.name().equals(metric);
    }

    /** The names of the metrics of the circuits that were asked for. */
    List<String> ofCircuits() {
        return Stream.concat(
                        faithfulness ? Stream.of(Faithfulness.NAME) : Stream.of(),
                        metrics.stream().map(CircuitMetric::name))
                .toList();
    }

    /** All names, for a manifest. */
    String names() {
        return Stream.concat(ofCircuits().stream(), areas.stream().map(BenchmarkArea::metric))
                .collect(Collectors.joining(","));
    }
}
