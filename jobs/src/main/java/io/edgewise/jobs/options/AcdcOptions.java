package io.edgewise.jobs.options;

import io.edgewise.InputException;
import io.edgewise.jobs.score.ScoreSettings;
import io.edgewise.score.Acdc;
import io.edgewise.score.mask.FaithfulnessTarget;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options of {@code --method acdc}: which thresholds. */
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

    /**
     * The settings.
     *
     * @param target {@code kl_div} or {@code mse}
     */
    public ScoreSettings settings(FaithfulnessTarget target) {
        Acdc.Target compared =
                switch (target) {
                    case KL_DIV -> Acdc.Target.KL_DIV;
                    case MSE -> Acdc.Target.MSE;
                    case ANSWER, WRONG_ANSWER, LOGIT_DIFF_PERCENT, CORRECT_PERCENT ->
                        throw new InputException(
                                "--method acdc compares outputs by kl_div or mse, got --faithfulness-target "
                                        + target.name().toLowerCase(Locale.ROOT));
                };
        if (bases.stream().anyMatch(base -> base < 1)) {
            throw new InputException("--tao-bases must be at least 1, got " + bases);
        }
        if (exponents.stream().anyMatch(exponent -> exponent < -30 || exponent > 30)) {
            throw new InputException("--tao-exps must be between -30 and 30, got " + exponents);
        }
        List<Double> thresholds = bases.stream()
                .flatMap(base -> exponents.stream().map(exponent -> base * Math.pow(10, exponent)))
                .toList();
        return ScoreSettings.Plain.acdc(thresholds, compared);
    }
}
