package io.edgewise.jobs.sweep;

import io.edgewise.InputException;
import io.edgewise.jobs.figure.FigureFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results of a sweep besides its measurements.
 *
 * @param shownPrompts how many prompts' answers are shown
 * @param perPrompt whether what is measured on each prompt is wanted
 * @param outputs whether the logits themselves are wanted
 * @param knownEdges names of a known circuit's edges, for a ROC curve; empty for none
 * @param figure the drawing of a circuit; null for none
 */
public record SweepProducts(
        int shownPrompts, boolean perPrompt, boolean outputs, List<String> knownEdges, @Nullable FigureFile figure) {
    public static final int SHOWN_PROMPTS = 8;

    public SweepProducts {
        knownEdges = List.copyOf(knownEdges);
        if (shownPrompts < 0) {
            throw new InputException("--show-prompts must be 0 or more, got " + shownPrompts);
        }
    }
}
