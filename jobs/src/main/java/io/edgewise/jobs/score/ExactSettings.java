package io.edgewise.jobs.score;

import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.prompt.PromptNeeds;
import io.edgewise.score.AnswerFunction;
import io.edgewise.score.EdgeScorer;
import io.edgewise.score.ExactEdges;
import io.edgewise.score.ExactPatching;
import io.edgewise.score.GradFunction;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Exact patching: each edge is patched alone.
 *
 * @param edges which edges
 * @param given the options that chose the edges, for a manifest
 */
public record ExactSettings(
        GradFunction gradFunction,
        AnswerFunction answerFunction,
        Ablation ablation,
        ExactEdges edges,
        Map<String, String> given)
        implements ScoreSettings {
    public ExactSettings {
        given = Map.copyOf(given);
    }

    /** Every edge. */
    public static ExactSettings ofAll(GradFunction gradFunction, AnswerFunction answerFunction, Ablation ablation) {
        return new ExactSettings(gradFunction, answerFunction, ablation, new ExactEdges.All(), Map.of());
    }

    /**
     * The strongest edges of other scores.
     *
     * @param fingerprint of the file that the scores were read from
     */
    public static ExactSettings ofStrongest(
            GradFunction gradFunction,
            AnswerFunction answerFunction,
            Ablation ablation,
            ExactEdges.Strongest edges,
            String fingerprint) {
        Map<String, String> given = Map.of("edges", String.valueOf(edges.count()), "scores", fingerprint);
        return new ExactSettings(gradFunction, answerFunction, ablation, edges, given);
    }

    @Override
    public EdgeScorer scorer(Function<Ablation, AblationActivations> ready, int batchSize) {
        return new ExactPatching(gradFunction, answerFunction, ready.apply(ablation), edges, batchSize);
    }

    @Override
    public boolean tellsPrompts() {
        return true;
    }

    @Override
    public PromptNeeds needs() {
        return answerFunction.needs().and(ablation.needs());
    }

    @Override
    public Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("method", "exact");
        options.put("grad-function", gradFunction.name().toLowerCase(Locale.ROOT));
        options.put("answer-function", answerFunction.name().toLowerCase(Locale.ROOT));
        options.put("ablation-type", ablation.type().name());
        if (ablation.side() != null) {
            options.put("clean-corrupt", ablation.side().name().toLowerCase(Locale.ROOT));
        }
        given.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(option -> options.put(option.getKey(), option.getValue()));
        return options;
    }
}
