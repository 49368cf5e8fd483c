package io.edgewise.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The conclusion of a self-check.
 *
 * @param doubts what speaks against the result, one sentence for each doubt; empty where nothing does
 */
public record Verdict(List<String> doubts) {
    private static final double ROUNDING = 1e-3;
    private static final double ROUNDING_OF_16_BITS = 0.1;
    private static final double BENT = 0.05;
    /** A difference below this fraction of the largest number is rounding: sums of some hundred floats, each rounded at 2^-24, stay within it. */
    private static final double NOTHING = 1e-5;

    public Verdict {
        doubts = List.copyOf(doubts);
    }

    /**
     * Draws the conclusion from what was found.
     *
     * @param census counts of the scores; null where no scores were made
     * @param is16Bit whether matrix products are rounded to 16 bits
     */
    public static Verdict of(Findings findings, @Nullable ScoreCensus census, boolean is16Bit) {
        List<String> doubts = new ArrayList<>();
        double rounding = is16Bit ? ROUNDING_OF_16_BITS : ROUNDING;
        if (!(findings.allEdgesDifference() <= rounding)) {
            doubts.add("the circuit of all edges is off the clean run by " + shown(findings.allEdgesDifference())
                    + " of the largest logit: the patched model is not the model");
        }
        if (findings.noEdgesDifference() != null && !(findings.noEdgesDifference() <= rounding)) {
            doubts.add("the circuit without edges is off the corrupt run by " + shown(findings.noEdgesDifference())
                    + " of the largest logit: some path is not patched");
        }
        boolean allAreZero = census != null && census.zero() == census.edges();
        Double ablation = findings.ablationDifference();
        if (ablation != null && ablation <= NOTHING && !allAreZero) {
            doubts.add("ablations differ from what the clean run writes by " + shown(ablation)
                    + " of the largest number, which is rounding: so are the scores, and their ranking says nothing");
        }
        if (census != null && census.notFinite() > 0 && findings.gradient() != null) {
            doubts.add(census.notFinite() + " of " + census.edges() + " scores are NaN or infinite");
        }
        if (allAreZero) {
            doubts.add("all scores are zero: the loss has no gradient here, or clean and corrupt give the same");
        } else if (findings.gradient() != null
                && !is16Bit
                && !(findings.gradient().deviation() <= BENT)) {
            doubts.add("gradients are off finite differences by "
                    + shown(findings.gradient().deviation()) + " of the largest gradient");
        }
        if (findings.accuracy() != null && findings.accuracy().isTooLow()) {
            doubts.add("on " + shown(100 * findings.accuracy().share()) + "% of the "
                    + findings.accuracy().prompts()
                    + " clean prompts of the first batch an answer beats the wrong answers: the model can't do the task,"
                    + " and its circuit means little");
        }
        return new Verdict(doubts);
    }

    public boolean passed() {
        return doubts.isEmpty();
    }

    private static String shown(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
