package io.edgewise.jobs.score;

import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.Level;
import io.edgewise.jobs.files.Fingerprint;
import io.edgewise.prompt.PromptNeeds;
import io.edgewise.score.Acdc;
import io.edgewise.score.ActivationMagnitude;
import io.edgewise.score.AnswerFunction;
import io.edgewise.score.EdgeScorer;
import io.edgewise.score.GradFunction;
import io.edgewise.score.GroundTruth;
import io.edgewise.score.InformationFlowRoutes;
import io.edgewise.score.MaskGradient;
import io.edgewise.score.MaskValue;
import io.edgewise.score.PromptScorer;
import io.edgewise.score.RandomScores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How edges are scored. */
public sealed interface ScoreSettings
        permits AttributionSettings, ExactSettings, LearnedMasks, ScoreSettings.Gradient, ScoreSettings.Plain {

    /**
     * The scorer.
     *
     * @param ready prepares an ablation, which can take a job of its own
     */
    EdgeScorer scorer(Function<Ablation, AblationActivations> ready, int batchSize);

    /** Whether the method can report what each prompt adds to a score. */
    boolean tellsPrompts();

    /**
     * Checks that the method is defined on a graph.
     *
     * @throws InputException where it isn't
     */
    default void check(GraphSpec spec) {}

    /** How many runs of a batch share a pass where there is room for them; 0 where it isn't planned for. */
    default int runs() {
        return 0;
    }

    /** What is read of prompts. */
    PromptNeeds needs();

    /** Whether the method can score at a level. */
    default boolean has(Level level) {
        return level == Level.EDGE;
    }

    /** The options, for a manifest. */
    Map<String, String> options();

    /** The mask gradient. */
    record Gradient(GradFunction gradFunction, AnswerFunction answerFunction, MaskValue maskValue, Ablation ablation)
            implements ScoreSettings {
        @Override
        public EdgeScorer scorer(Function<Ablation, AblationActivations> ready, int batchSize) {
            return new MaskGradient(gradFunction, answerFunction, maskValue, ready.apply(ablation), batchSize);
        }

        @Override
        public boolean tellsPrompts() {
            return true;
        }

        @Override
        public int runs() {
            return MaskGradient.runs(maskValue);
        }

        @Override
        public PromptNeeds needs() {
            return answerFunction.needs().and(ablation.needs());
        }

        @Override
        public boolean has(Level level) {
            return level == Level.EDGE || MaskGradient.isPlain(maskValue);
        }

        @Override
        public Map<String, String> options() {
            Map<String, String> options = new LinkedHashMap<>();
            options.put("method", "mask_gradient");
            options.put("grad-function", lower(gradFunction));
            options.put("answer-function", lower(answerFunction));
            if (maskValue instanceof MaskValue.IntegratedGradients integrated) {
                options.put("integrated-grad-samples", String.valueOf(integrated.samples()));
            } else if (maskValue instanceof MaskValue.Constant constant) {
                options.put("mask-val", String.valueOf(constant.value()));
            }
            options.put("ablation-type", ablation.type().name());
            if (ablation.side() != null) {
                options.put("clean-corrupt", lower(ablation.side()));
            }
            return options;
        }

        private static String lower(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT);
        }
    }

    /** A method that ablates nothing. */
    record Plain(EdgeScorer scorer, Map<String, String> options) implements ScoreSettings {
        public static Plain activationMagnitude() {
            return new Plain(new ActivationMagnitude(), Map.of("method", "activation_magnitude"));
        }

        public static Plain informationFlowRoutes() {
            return new Plain(new InformationFlowRoutes(), Map.of("method", "information_flow_routes"));
        }

        public static Plain random(long seed) {
            Map<String, String> options = new LinkedHashMap<>();
            options.put("method", "random");
            options.put("seed", String.valueOf(seed));
            return new Plain(new RandomScores(seed), options);
        }

        public static Plain groundTruth(List<String> edges) {
            Map<String, String> options = new LinkedHashMap<>();
            options.put("method", "ground_truth");
            options.put("known-edges", Fingerprint.ofText(String.join("\n", edges)));
            return new Plain(new GroundTruth(edges), options);
        }

        public static Plain acdc(List<Double> thresholds, Acdc.Target target) {
            Map<String, String> options = new LinkedHashMap<>();
            options.put("method", "acdc");
            options.put("tao", thresholds.stream().map(String::valueOf).collect(Collectors.joining(",")));
            options.put("faithfulness-target", target.name().toLowerCase(Locale.ROOT));
            return new Plain(new Acdc(thresholds, target), options);
        }

        @Override
        public EdgeScorer scorer(Function<Ablation, AblationActivations> ready, int batchSize) {
            return scorer;
        }

        @Override
        public boolean tellsPrompts() {
            return scorer instanceof PromptScorer;
        }

        @Override
        public PromptNeeds needs() {
            return scorer instanceof Acdc ? PromptNeeds.corrupt("--method acdc") : PromptNeeds.NOTHING;
        }
    }
}
