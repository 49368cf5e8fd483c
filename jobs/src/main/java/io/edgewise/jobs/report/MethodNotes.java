package io.edgewise.jobs.report;

import io.edgewise.jobs.results.MethodResult;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Why some numbers of a comparison of methods are missing. */
final class MethodNotes {
    private static final List<Reason> REASONS = List.of(
            new Reason("No finding", "the prompts show no task", result -> !result.showsTask()),
            new Reason(
                    "No area",
                    "faithfulness wasn't measured between the ends, or isn't defined",
                    result -> !result.area().known()),
            new Reason("No edges at 90%", "no measured circuit keeps as much", MethodNotes::lacksEdges),
            new Reason(
                    "No end of the edges at 90%",
                    "no measured circuit's interval reaches it there", MethodNotes::lacksOneEnd),
            new Reason("No intervals", "measured with --bootstrap 0", MethodNotes::lacksInterval),
            new Reason(
                    "No CPR or CMD",
                    "measured only where --metrics has cpr and cmd",
                    result -> !result.cpr().known() || !result.cmd().known()),
            new Reason(
                    "No stability",
                    "scored without errors, by a method that has none or with --bootstrap 0",
                    result -> result.stability() == null),
            new Reason("Seconds of the last run only", "an earlier one did a part", MethodResult::resumed));

    private MethodNotes() {}

    private record Reason(String what, String why, Predicate<MethodResult> applies) {
        /** The sentence, which names the methods unless it is about all; none where it is about none. */
        Stream<String> about(List<MethodResult> methods) {
            List<String> names =
                    methods.stream().filter(applies).map(MethodResult::method).toList();
            if (names.isEmpty()) {
                return Stream.of();
            }
            String of = names.size() == methods.size() ? "" : " (" + String.join(", ", names) + ")";
            return Stream.of(what + of + ": " + why + ".");
        }
    }

    private static boolean lacksEdges(MethodResult result) {
        return result.edgesAt90().edges() == null;
    }

    private static boolean lacksOneEnd(MethodResult result) {
        boolean hasLow = result.edgesAt90().low() != null;
        boolean hasHigh = result.edgesAt90().high() != null;
        return !lacksEdges(result) && hasLow != hasHigh;
    }

    private static boolean lacksInterval(MethodResult result) {
        return result.area().known() && Double.isNaN(result.area().interval().low());
    }

    static List<String> of(List<MethodResult> methods) {
        return REASONS.stream().flatMap(reason -> reason.about(methods)).toList();
    }
}
