package io.edgewise.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.results.CircuitStability;
import io.edgewise.jobs.results.EdgesAt90;
import io.edgewise.jobs.results.Measured;
import io.edgewise.jobs.results.MethodResult;
import io.edgewise.uncertainty.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

class MethodNotesTest {
    private static final Measured KNOWN = new Measured(0.5, new Interval(0.4, 0.6));

    private static MethodResult whole(String method) {
        return new MethodResult(
                "ioi",
                method,
                KNOWN,
                new EdgesAt90(20, 10, 30),
                KNOWN,
                KNOWN,
                20,
                new CircuitStability(20, KNOWN),
                3,
                false,
                true);
    }

    @Test
    void nothingIsSaidWhereNothingIsMissing() {
        assertThat(MethodNotes.of(List.of(whole("a"), whole("b")))).isEmpty();
    }

    @Test
    void theMethodsThatLackANumberAreNamed() {
        MethodResult bare = new MethodResult(
                "ioi",
                "acdc",
                Measured.UNKNOWN,
                new EdgesAt90(null, null, null),
                Measured.UNKNOWN,
                KNOWN,
                20,
                null,
                3,
                true,
                true);
        assertThat(MethodNotes.of(List.of(whole("a"), bare)))
                .containsExactly(
                        "No area (acdc): faithfulness wasn't measured between the ends, or isn't defined.",
                        "No edges at 90% (acdc): no measured circuit keeps as much.",
                        "No CPR or CMD (acdc): measured only where --metrics has cpr and cmd.",
                        "No stability (acdc): scored without errors, by a method that has none or with --bootstrap 0.",
                        "Seconds of the last run only (acdc): an earlier one did a part.");
    }

    @Test
    void promptsThatShowNoTaskMakeNoFinding() {
        MethodResult vain = new MethodResult(
                "ioi",
                "a",
                KNOWN,
                new EdgesAt90(20, 10, 30),
                KNOWN,
                KNOWN,
                20,
                new CircuitStability(20, KNOWN),
                3,
                false,
                false);
        assertThat(MethodNotes.of(List.of(vain, vain))).containsExactly("No finding: the prompts show no task.");
    }

    @Test
    void whatAllMethodsLackIsSaidOfAll() {
        MethodResult plain = new MethodResult(
                "ioi",
                "a",
                new Measured(0.5, Interval.UNKNOWN),
                new EdgesAt90(20, null, null),
                Measured.UNKNOWN,
                Measured.UNKNOWN,
                20,
                null,
                3,
                false,
                true);
        assertThat(MethodNotes.of(List.of(plain, plain)))
                .containsExactly(
                        "No intervals: measured with --bootstrap 0.",
                        "No CPR or CMD: measured only where --metrics has cpr and cmd.",
                        "No stability: scored without errors, by a method that has none or with --bootstrap 0.");
    }

    @Test
    void anIntervalOfEdgesMayLackOneEnd() {
        MethodResult open = new MethodResult(
                "ioi",
                "a",
                KNOWN,
                new EdgesAt90(20, 10, null),
                KNOWN,
                KNOWN,
                20,
                new CircuitStability(20, KNOWN),
                3,
                false,
                true);
        assertThat(MethodNotes.of(List.of(open, whole("b"))))
                .containsExactly("No end of the edges at 90% (a): no measured circuit's interval reaches it there.");
    }
}
