package io.edgewise.check;

import io.edgewise.uncertainty.Interval;
import java.io.Serializable;
import java.util.Locale;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/**
 * How well the whole model does the task, counted on all prompts. A prompt is right where an answer has at least the logit of every wrong
 * answer; with several output positions, the share of right positions counts. Corrupt prompts are judged by the clean prompts' answers, so
 * with well-made corrupt prompts the model is right on the clean ones and wrong on the corrupt ones.
 *
 * @param cleanRight clean prompts that are right
 * @param corruptRight corrupt prompts that are right; not a number where some prompts have no corrupt one
 * @param prompts prompts with right and wrong answers, at least one
 */
public record TaskEvidence(double cleanRight, double corruptRight, long prompts) implements Serializable {
    private static final double LEVEL = 0.95;
    /** The accuracy of a model that only guesses between two answers. */
    static final double GUESSED = 0.5;

    /** What the prompts show. */
    public enum Verdict {
        /** The clean accuracy's interval is above one half and above the corrupt accuracy's, where there are corrupt prompts. */
        SHOWN,
        /** The clean accuracy's interval is above one half, but reaches into the corrupt accuracy's. */
        WEAK,
        /** The clean accuracy's interval reaches one half, or the corrupt prompts are right as often as the clean ones. */
        NOT_SHOWN
    }

    /** The share of clean prompts that are right. */
    public double cleanAccuracy() {
        return cleanRight / prompts;
    }

    /** Whether there are corrupt prompts to compare the clean ones with. */
    public boolean hasCorrupt() {
        return !Double.isNaN(corruptRight);
    }

    /** The share of corrupt prompts that are right; not a number where there are none. */
    public double corruptAccuracy() {
        return corruptRight / prompts;
    }

    /** Wilson's 95% interval of the clean accuracy. */
    public Interval clean() {
        return interval(cleanRight);
    }

    /** Wilson's interval of the corrupt accuracy. */
    public Interval corrupt() {
        return interval(corruptRight);
    }

    private Interval interval(double right) {
        ConfidenceInterval wilson =
                new WilsonScoreInterval().createInterval(Math.toIntExact(prompts), (int) Math.round(right), LEVEL);
        return new Interval(Math.max(0, wilson.getLowerBound()), Math.min(1, wilson.getUpperBound()));
    }

    /** What the prompts show. */
    public Verdict verdict() {
        if (clean().low() <= GUESSED || (hasCorrupt() && cleanAccuracy() <= corruptAccuracy())) {
            return Verdict.NOT_SHOWN;
        }
        return !hasCorrupt() || clean().low() > corrupt().high() ? Verdict.SHOWN : Verdict.WEAK;
    }

    /** Whether the verdict is {@link Verdict#NOT_SHOWN}. */
    public boolean showsNone() {
        return verdict() == Verdict.NOT_SHOWN;
    }

    /** The verdict and its reason, in a sentence without a full stop. */
    public String sentence() {
        String found = String.format(
                Locale.ROOT,
                "an answer beats the wrong answers on %.1f%% of %d clean prompts (95%% interval %.1f to %.1f)",
                100 * cleanAccuracy(),
                prompts,
                100 * clean().low(),
                100 * clean().high());
        String compared = hasCorrupt()
                ? String.format(Locale.ROOT, " and on %.1f%% of the corrupt ones", 100 * corruptAccuracy())
                : "; there are no corrupt ones to compare with";
        return switch (verdict()) {
            case SHOWN -> "The prompts show the task: " + found + compared;
            case WEAK -> "The prompts show the task weakly: " + found + compared;
            case NOT_SHOWN -> "The prompts show no task: " + found + compared;
        };
    }
}
