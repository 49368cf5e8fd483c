package io.edgewise.jobs.sweep;

import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.ControlMeasurement;
import io.edgewise.circuit.Measurement;
import io.edgewise.circuit.ShownAnswer;
import io.edgewise.pipeline.SweepCircuits;
import java.util.List;
import java.util.stream.Stream;

/**
 * The circuits that have been run so far, and what was measured on them.
 *
 * @param circuits the planned circuits, and those that a search added
 * @param measurements of all of them
 * @param controls of the random circuits
 * @param answers on the first prompts
 */
record Swept(
        PlannedCircuits circuits,
        List<Measurement> measurements,
        List<ControlMeasurement> controls,
        List<ShownAnswer> answers) {
    Swept {
        measurements = List.copyOf(measurements);
        controls = List.copyOf(controls);
        answers = List.copyOf(answers);
    }

    static Swept of(PlannedCircuits circuits, SweepCircuits.Result result) {
        return new Swept(circuits, result.measurements(), result.controls(), result.answers());
    }

    /** With more circuits, which have been run. */
    Swept with(List<Circuit> more, SweepCircuits.Result result) {
        return new Swept(
                circuits.with(more),
                joined(measurements, result.measurements()),
                controls,
                joined(answers, result.answers()));
    }

    private static <T> List<T> joined(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    /** The measurements of the circuits that were asked for or searched. */
    List<Measurement> own() {
        return circuits.own(measurements);
    }
}
