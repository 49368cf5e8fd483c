package io.edgewise.jobs.options;

import io.edgewise.InputException;
import io.edgewise.jobs.sweep.SelectionSettings;
import io.edgewise.jobs.sweep.SelectionSettings.Way;
import io.edgewise.score.Ranking;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of how circuits are chosen by scores. */
public final class SelectOptions {
    @Option(
            names = "--select",
            paramLabel = "WAY",
            description =
                    "How a circuit's edges are chosen: absolute, signed: those of the highest absolute or signed score; consistent: first those"
                            + " whose score has the same sign in nearly every replicate (wants scores with --bootstrap); ratio: part by"
                            + " signed score, the rest by absolute score; connected: the largest total score with every edge on a path from"
                            + " start to end (default: absolute).")
    private @Nullable Way way;

    @Option(
            names = "--ranking",
            paramLabel = "RANKING",
            description =
                    "What --select consistent and connected rank edges by, the absolute or the signed score: ${COMPLETION-CANDIDATES}"
                            + " (default: absolute). Alone, the same as --select.")
    private @Nullable Ranking ranking;

    @Option(
            names = "--ratio",
            converter = ShareConverter.class,
            paramLabel = "SHARE",
            description =
                    "With --select ratio: the share of a circuit that is chosen by signed score (default: the best of 0, 0.1, ..., 1 on a"
                            + " fifth of the prompts, which then measure nothing).")
    private @Nullable Double ratio;

    @Option(
            names = "--consistency",
            converter = ShareConverter.class,
            defaultValue = "95%",
            paramLabel = "SHARE",
            description =
                    "With --select consistent: the share of replicates in which a score must have its sign (default: ${DEFAULT-VALUE}"
                            + "; 73%% is about the benchmark winners' filter).")
    private double consistency;

    @Option(
            names = "--select-time-limit",
            defaultValue = "60",
            paramLabel = "SECONDS",
            description =
                    "With --select connected: how long to search for better circuits; the gap that is left is in the manifest"
                            + " (default: ${DEFAULT-VALUE}).")
    private long timeLimit;

    /** The settings, checked. */
    public SelectionSettings settings() {
        if (ratio != null && way != Way.RATIO) {
            throw new InputException("--ratio belongs to --select ratio; give it, or leave out --ratio");
        }
        return new SelectionSettings(chosen(), ranked(), ratio, consistency, Duration.ofSeconds(timeLimit));
    }

    private Way chosen() {
        if (way != null) {
            return way;
        }
        return ranking == Ranking.SIGNED ? Way.SIGNED : Way.ABSOLUTE;
    }

    private Ranking ranked() {
        Ranking own = chosen() == Way.SIGNED ? Ranking.SIGNED : Ranking.ABSOLUTE;
        boolean hasOwn = chosen() != Way.CONSISTENT && chosen() != Way.CONNECTED;
        if (ranking == null) {
            return own;
        }
        if (hasOwn && ranking != own) {
            throw new InputException("--select " + chosen().name().toLowerCase(Locale.ROOT)
                    + " has a ranking of its own; leave out --ranking");
        }
        return ranking;
    }
}
