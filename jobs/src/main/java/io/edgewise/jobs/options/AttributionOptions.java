package io.edgewise.jobs.options;

import io.edgewise.InputException;
import io.edgewise.ablation.Ablation;
import io.edgewise.jobs.score.AttributionSettings;
import io.edgewise.jobs.score.ScoreMethod;
import io.edgewise.model.config.RelevanceRule;
import io.edgewise.score.AnswerFunction;
import io.edgewise.score.GradFunction;
import io.edgewise.score.GradientPoints;
import io.edgewise.score.GradientRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options of edge attribution patching's relatives. */
public final class AttributionOptions {
    @Option(
            names = "--ig-steps",
            paramLabel = "N",
            defaultValue = "5",
            description =
                    "The steps of --method eap_ig_inputs, eap_ig_activations and ceap (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--relp-rules",
            paramLabel = "RULE",
            split = ",",
            defaultValue = "ln_rule,identity_rule,half_rule",
            description = "The rules of --method relp, of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE});"
                    + " with ah_rule edges to queries and keys score 0.")
    private List<RelevanceRule> rules;

    AttributionSettings settings(
            ScoreMethod method, GradFunction gradFunction, AnswerFunction answerFunction, Ablation ablation) {
        Map<String, String> own = new LinkedHashMap<>();
        String name = method.name().toLowerCase(Locale.ROOT);
        own.put("method", name);
        GradientPoints points = points(method, own);
        GradientRule rule = rule(method, own);
        if (answerFunction == AnswerFunction.KL_DIV && points instanceof GradientPoints.Clean) {
            throw new InputException("--answer-function kl_div has no gradient on the clean prompts, where --method "
                    + name + " takes it; give --method eap_ig_inputs, or another --answer-function");
        }
        return new AttributionSettings(own, gradFunction, answerFunction, points, rule, ablation);
    }

    private GradientPoints points(ScoreMethod method, Map<String, String> own) {
        return switch (method) {
            case EAP_IG_INPUTS -> new GradientPoints.Inputs(steps(own));
            case EAP_IG_ACTIVATIONS -> new GradientPoints.Activations(steps(own));
            case CEAP -> GradientPoints.Inputs.conductance(steps(own));
            case CLEAN_CORRUPTED -> new GradientPoints.CleanCorrupted();
            default -> new GradientPoints.Clean();
        };
    }

    private int steps(Map<String, String> own) {
        if (steps < 1) {
            throw new InputException("--ig-steps must be at least 1, got " + steps);
        }
        own.put("ig-steps", String.valueOf(steps));
        return steps;
    }

    private GradientRule rule(ScoreMethod method, Map<String, String> own) {
        return switch (method) {
            case ATP_STAR -> new GradientRule.AtpStar();
            case RELP -> {
                own.put(
                        "relp-rules",
                        new TreeSet<>(rules)
                                .stream()
                                        .map(rule -> rule.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(",")));
                yield new GradientRule.RelP(new TreeSet<>(rules));
            }
            default -> new GradientRule.Gradient();
        };
    }
}
