package io.edgewise.jobs.sweep;

import io.edgewise.InputException;
import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationType;
import io.edgewise.circuit.CircuitRunner;
import io.edgewise.circuit.EdgeCounts;
import io.edgewise.circuit.PatchType;
import io.edgewise.jobs.files.Fingerprint;
import io.edgewise.prompt.PromptNeeds;
import io.edgewise.prompt.PromptSide;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which circuits are run, how they are run, and what is measured.
 *
 * @param checks intervals, random circuits and tests
 */
public record SweepSettings(
        EdgeCounts edgeCounts,
        SelectionSettings select,
        SearchSettings search,
        PatchType patchType,
        AblationType ablationType,
        boolean reverseCleanCorrupt,
        SweepMetrics metrics,
        Checks checks,
        SweepProducts products) {

    /** Checks that what is measured is defined for such runs, and what is searched is measured. */
    public SweepSettings {
        metrics.check(patchType, reverseCleanCorrupt);
        answers(metrics, checks, select);
        if (!metrics.faithfulness() && !search.keep().isEmpty()) {
            throw new InputException("--keep wants faithfulness among the --metrics, got " + metrics.names());
        }
        if (!metrics.faithfulness() && search.minimises()) {
            throw new InputException("--minimise wants faithfulness among the --metrics, got " + metrics.names());
        }
    }

    /** Whether some prompts choose between circuits and so can't measure them. */
    boolean tunes() {
        return select.isTuned() || search.minimises();
    }

    /** What patched edges carry. */
    Ablation ablation() {
        return Ablation.of(ablationType, CircuitRunner.patchSide(patchType, reverseCleanCorrupt));
    }

    /** What is read of prompts. */
    public PromptNeeds needs() {
        PromptNeeds needs = answers(metrics, checks, select);
        if (CircuitRunner.patchSide(patchType, reverseCleanCorrupt) == PromptSide.CLEAN) {
            needs = needs.and(
                    PromptNeeds.corrupt(reverseCleanCorrupt ? "--reverse-clean-corrupt" : "--patch-type " + patchType));
        }
        return needs.and(ablation().needs());
    }

    /** What is read of their answers. */
    private static PromptNeeds answers(SweepMetrics metrics, Checks checks, SelectionSettings select) {
        PromptNeeds tests = checks.tests() ? PromptNeeds.bothAnswers("--tests") : PromptNeeds.NOTHING;
        PromptNeeds ratio = select.isTuned() ? PromptNeeds.bothAnswers("--select ratio") : PromptNeeds.NOTHING;
        return metrics.needs().and(tests).and(ratio);
    }

    /** The options except for the edge counts, for a manifest. */
    public Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.putAll(select.options());
        options.putAll(search.options());
        options.put("patch-type", patchType.name());
        options.put("ablation-type", ablationType.name());
        options.put("reverse-clean-corrupt", String.valueOf(reverseCleanCorrupt));
        options.put("metrics", metrics.names());
        options.put("bootstrap", String.valueOf(checks.bootstrap().replicates()));
        options.put("controls", String.valueOf(checks.controls()));
        options.put("tests", String.valueOf(checks.tests()));
        options.put("show-prompts", String.valueOf(products.shownPrompts()));
        if (!products.knownEdges().isEmpty()) {
            options.put("known-edges", Fingerprint.ofText(String.join("\n", products.knownEdges())));
        }
        return options;
    }
}
