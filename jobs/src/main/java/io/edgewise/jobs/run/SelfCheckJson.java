package io.edgewise.jobs.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.check.Findings;
import io.edgewise.check.ScoreCensus;
import io.edgewise.check.Verdict;
import org.jspecify.annotations.Nullable;

/** A self-check as JSON for a manifest: {@code verdict} is passed or doubtful. */
final class SelfCheckJson {
    private SelfCheckJson() {}

    static ObjectNode of(Verdict verdict, Findings findings, @Nullable ScoreCensus census) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("verdict", verdict.passed() ? "passed" : "doubtful");
        verdict.doubts().forEach(node.putArray("doubts")::add);
        node.put("prompts", findings.prompts());
        node.put("all_edges_difference", findings.allEdgesDifference());
        if (findings.noEdgesDifference() != null) {
            node.put("no_edges_difference", findings.noEdgesDifference());
        }
        if (findings.ablationDifference() != null) {
            node.put("ablation_difference", findings.ablationDifference());
        }
        if (findings.gradient() != null) {
            node.put("gradient_edges", findings.gradient().edges());
            node.put("gradient_deviation", findings.gradient().deviation());
        }
        if (findings.accuracy() != null) {
            node.put("clean_accuracy", findings.accuracy().share());
        }
        if (census != null) {
            node.put("not_finite_scores", census.notFinite());
            node.put("zero_scores", census.zero());
        }
        return node;
    }
}
