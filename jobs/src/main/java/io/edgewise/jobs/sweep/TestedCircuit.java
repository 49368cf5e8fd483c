package io.edgewise.jobs.sweep;

import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.CircuitTests.Finding;
import io.edgewise.circuit.CircuitTests.Test;
import io.edgewise.uncertainty.TestResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The results of the tests of the headline's circuit.
 *
 * @param prompts how many prompts the tests used
 */
public record TestedCircuit(Circuit circuit, List<Finding> findings, long prompts) {
    private static final double SMALL = 0.05;

    public TestedCircuit {
        findings = List.copyOf(findings);
    }

    /** A sentence on what was tested, and one for each test. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add("Tests of the circuit of " + circuit.achievedEdges() + " edges on " + prompts + " prompts.");
        findings.stream()
                .filter(finding -> finding.test() != Test.MINIMALITY)
                .forEach(finding -> sentences.add(String.format(
                        Locale.ROOT,
                        "%s, %s if %s.",
                        name(finding.test()),
                        pValue(finding.result()),
                        finding.test().hypothesis())));
        List<Finding> edges = findings.stream()
                .filter(finding -> finding.test() == Test.MINIMALITY)
                .toList();
        long small = edges.stream()
                .filter(finding -> finding.result().pValue() < SMALL)
                .count();
        sentences.add(String.format(
                Locale.ROOT,
                "%s, p < %.2f for %d of %d edges if %s.",
                name(Test.MINIMALITY),
                SMALL,
                small,
                edges.size(),
                Test.MINIMALITY.hypothesis()));
        return sentences;
    }

    private static String pValue(TestResult result) {
        return Double.isNaN(result.pValue()) ? "not testable" : String.format(Locale.ROOT, "p = %.3f", result.pValue());
    }

    private static String name(Test test) {
        return test.name().charAt(0) + test.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
