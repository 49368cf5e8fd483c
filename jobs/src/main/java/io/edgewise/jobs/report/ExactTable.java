package io.edgewise.jobs.report;

import io.edgewise.jobs.results.Agreement;
import io.edgewise.jobs.results.Measured;
import io.edgewise.score.ScoreAgreement;
import java.util.List;

/**
 * How well the methods of one task agree with exact patching.
 *
 * @param studies the names of the task's studies, which the table is shown with
 * @param edges how many edges were patched
 */
public record ExactTable(List<String> studies, int edges, List<Method> methods) {
    public ExactTable {
        studies = List.copyOf(studies);
        methods = List.copyOf(methods);
    }

    /**
     * One method.
     *
     * Intervals are over the choice of edges.
     *
     * @param chosenEdges the size of its circuit that is shown first
     */
    public record Method(
            String name,
            int chosenEdges,
            Measured pearson,
            Measured spearman,
            Measured signs,
            List<ScoreAgreement.Strongest> strongest) {
        public Method {
            strongest = List.copyOf(strongest);
        }
    }

    /**
     * The table of one task.
     *
     * @param agreements at least one
     */
    public static ExactTable of(List<String> studies, List<Agreement> agreements) {
        return new ExactTable(
                studies,
                agreements.get(0).scores().edges(),
                agreements.stream().map(ExactTable::method).toList());
    }

    private static Method method(Agreement of) {
        return new Method(
                of.method(),
                of.chosenEdges(),
                Measured.of(of.scores().pearson()),
                Measured.of(of.scores().spearman()),
                Measured.of(of.scores().signs()),
                of.scores().strongest());
    }
}
