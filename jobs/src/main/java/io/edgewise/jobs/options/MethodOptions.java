package io.edgewise.jobs.options;

import io.edgewise.InputException;
import io.edgewise.ablation.Ablation;
import io.edgewise.jobs.score.ScoreMethod;
import io.edgewise.jobs.score.ScoreSettings;
import io.edgewise.score.AnswerFunction;
import io.edgewise.score.GradFunction;
import io.edgewise.score.MaskValue;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a method scores edges. */
public final class MethodOptions {
    @Option(
            names = "--grad-function",
            paramLabel = "GRAD",
            defaultValue = "logit",
            description =
                    "The values that the loss is computed from: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private GradFunction gradFunction;

    @Option(
            names = "--answer-function",
            paramLabel = "ANSWER",
            defaultValue = "avg_diff",
            description = "The loss: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private AnswerFunction answerFunction;

    @Option(
            names = "--mask-val",
            paramLabel = "M",
            description = "Take the gradient with all masks at M, from 0 (clean) to 1 (default: 0).")
    private @Nullable Double maskVal;

    @Option(
            names = "--integrated-grad-samples",
            paramLabel = "N",
            description = "Sum the gradients at masks 0, 1/N, ..., 1 instead.")
    private @Nullable Integer samples;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "The seed of --method random (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private AcdcOptions acdc;

    @Mixin
    private AttributionOptions attribution;

    /**
     * The settings of a method.
     *
     * @param knownEdges of {@code ground_truth}
     */
    public ScoreSettings settings(ScoreMethod method, Ablation ablation, List<String> knownEdges) {
        if (answerFunction == AnswerFunction.KL_DIV && gradFunction != GradFunction.LOGIT) {
            throw new InputException("--answer-function kl_div compares distributions, which it makes of the logits;"
                    + " leave out --grad-function");
        }
        return switch (method) {
            case MASK_GRADIENT -> gradient(maskValue(), ablation);
            case EDGE_ATTRIBUTION_PATCHING -> edgeAttributionPatching(ablation);
            case ACTIVATION_MAGNITUDE -> ScoreSettings.Plain.activationMagnitude();
            case RANDOM -> ScoreSettings.Plain.random(seed);
            case GROUND_TRUTH -> groundTruth(knownEdges);
            case ACDC -> acdc.settings();
            case INFORMATION_FLOW_ROUTES -> ScoreSettings.Plain.informationFlowRoutes();
            case EAP_IG_INPUTS, EAP_IG_ACTIVATIONS, CLEAN_CORRUPTED, CEAP, ATP_STAR, RELP ->
                attribution.settings(method, gradFunction, answerFunction, ablation);
        };
    }

    private static ScoreSettings groundTruth(List<String> knownEdges) {
        if (knownEdges.isEmpty()) {
            throw new InputException(
                    "--method ground_truth wants --known-edges, a file with the known circuit's edges");
        }
        return ScoreSettings.Plain.groundTruth(knownEdges);
    }

    /** Edge attribution patching: the mask gradient of the logits at mask 0. */
    private ScoreSettings edgeAttributionPatching(Ablation ablation) {
        if (gradFunction != GradFunction.LOGIT || maskVal != null || samples != null) {
            throw new InputException(
                    "--method edge_attribution_patching is the mask gradient of the logits at mask 0;"
                            + " for another --grad-function, --mask-val or --integrated-grad-samples give --method mask_gradient");
        }
        return gradient(new MaskValue.Constant(0), ablation);
    }

    private ScoreSettings gradient(MaskValue mask, Ablation ablation) {
        if (answerFunction == AnswerFunction.KL_DIV && mask.points().max().orElse(0) == 0) {
            throw new InputException("--answer-function kl_div has no gradient at mask 0, where nothing is patched;"
                    + " give --integrated-grad-samples, --mask-val or --method eap_ig_inputs");
        }
        return new ScoreSettings.Gradient(gradFunction, answerFunction, mask, ablation);
    }

    private MaskValue maskValue() {
        if (maskVal != null && samples != null) {
            throw new InputException(
                    "--mask-val and --integrated-grad-samples are mutually exclusive: one mask, or several; leave one out");
        }
        if (samples != null && samples < 1) {
            throw new InputException("--integrated-grad-samples must be at least 1, got " + samples);
        }
        if (maskVal != null && !(maskVal >= 0 && maskVal <= 1)) {
            throw new InputException("--mask-val must be between 0 and 1, got " + maskVal);
        }
        return samples != null
                ? new MaskValue.IntegratedGradients(samples)
                : new MaskValue.Constant(maskVal == null ? 0 : maskVal);
    }
}
