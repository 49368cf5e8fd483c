package io.edgewise.jobs.score;

import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.Level;
import io.edgewise.prompt.PromptNeeds;
import io.edgewise.score.AnswerFunction;
import io.edgewise.score.Attribution;
import io.edgewise.score.EdgeScorer;
import io.edgewise.score.GradFunction;
import io.edgewise.score.GradientPoints;
import io.edgewise.score.GradientRule;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Edge attribution patching's relatives: gradients at some points times what patching changes.
 *
 * @param own the options of the method itself, for a manifest; its name first
 */
public record AttributionSettings(
        Map<String, String> own,
        GradFunction gradFunction,
        AnswerFunction answerFunction,
        GradientPoints points,
        GradientRule rule,
        Ablation ablation)
        implements ScoreSettings {
    public AttributionSettings {
        own = new LinkedHashMap<>(own);
    }

    @Override
    public EdgeScorer scorer(Function<Ablation, AblationActivations> ready, int batchSize) {
        return new Attribution(gradFunction, answerFunction, points, rule, ready.apply(ablation), batchSize);
    }

    @Override
    public void check(GraphSpec spec) {
        points.check(spec, ablation.type());
        rule.check(spec);
    }

    @Override
    public boolean has(Level level) {
        return level == Level.EDGE || !rule.followsPatterns();
    }

    @Override
    public boolean tellsPrompts() {
        return true;
    }

    @Override
    public int runs() {
        return points.runs();
    }

    @Override
    public PromptNeeds needs() {
        return answerFunction.needs().and(ablation.needs());
    }

    @Override
    public Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>(own);
        options.put("grad-function", gradFunction.name().toLowerCase(Locale.ROOT));
        options.put("answer-function", answerFunction.name().toLowerCase(Locale.ROOT));
        options.put("ablation-type", ablation.type().name());
        if (ablation.side() != null) {
            options.put("clean-corrupt", ablation.side().name().toLowerCase(Locale.ROOT));
        }
        return options;
    }
}
