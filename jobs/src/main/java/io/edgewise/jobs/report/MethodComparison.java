package io.edgewise.jobs.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.edgewise.jobs.results.MethodResult;
import java.util.List;

/**
 * The methods of one task side by side.
 *
 * @param studies the names of the task's studies, which the table is shown with
 * @param methods in their order; at least two
 */
public record MethodComparison(List<String> studies, List<MethodResult> methods) {
    public MethodComparison {
        studies = List.copyOf(studies);
        methods = List.copyOf(methods);
    }

    /** Why some numbers are missing, in a sentence for each reason; empty where none is. */
    @JsonProperty
    List<String> notes() {
        return MethodNotes.of(methods);
    }
}
