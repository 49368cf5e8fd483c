package io.edgewise.jobs.options;

import io.edgewise.InputException;
import io.edgewise.jobs.score.ScoreSettings;
import io.edgewise.score.Acdc;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of {@code --method acdc}: which thresholds, and how the output is compared. */
public final class AcdcOptions {
    @Option(
            names = "--tao-exps",
            split = ",",
            paramLabel = "E",
            defaultValue = "-5,-4,-3,-2",
            description =
                    "For --method acdc: thresholds are every base times 10 to the power of every exponent; these are"
                            + " the exponents (default: ${DEFAULT-VALUE}).")
    private List<Integer> exponents;

    @Option(
            names = "--tao-bases",
            split = ",",
            paramLabel = "B",
            defaultValue = "1,3,5,7,9",
            description = "For --method acdc: the bases (default: ${DEFAULT-VALUE}).")
    private List<Integer> bases;

    @Option(
            names = "--faithfulness-target",
            paramLabel = "TARGET",
            defaultValue = "kl_div",
            description =
                    "For --method acdc: how the output is compared with the clean one, ${COMPLETION-CANDIDATES} (default:"
                            + " ${DEFAULT-VALUE}).")
    private Acdc.Target target;

    public ScoreSettings settings() {
        if (bases.stream().anyMatch(base -> base < 1)) {
            throw new InputException("--tao-bases must be at least 1, got " + bases);
        }
        if (exponents.stream().anyMatch(exponent -> exponent < -30 || exponent > 30)) {
            throw new InputException("--tao-exps must be between -30 and 30, got " + exponents);
        }
        List<Double> thresholds = bases.stream()
                .flatMap(base -> exponents.stream().map(exponent -> base * Math.pow(10, exponent)))
                .toList();
        return ScoreSettings.Plain.acdc(thresholds, target);
    }
}
