package io.edgewise.jobs.score;

import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.graph.ModelGraph;
import io.edgewise.jobs.files.Fingerprint;
import io.edgewise.prompt.PromptNeeds;
import io.edgewise.score.mask.EdgePruning;
import io.edgewise.score.mask.FaithfulnessTarget;
import io.edgewise.score.mask.MaskFunction;
import io.edgewise.score.mask.MaskObjective;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Edge Pruning.
 *
 * @param circuitSize how many edges are kept in the end
 * @param start where the log alphas begin
 * @param validation files of validation prompts
 */
public record Pruning(
        FaithfulnessTarget target,
        Ablation ablation,
        Probing.Training training,
        int circuitSize,
        double start,
        List<String> validation)
        implements LearnedMasks {
    public Pruning {
        validation = List.copyOf(validation);
    }

    @Override
    public PromptNeeds needs() {
        return target.needs().and(ablation.needs());
    }

    @Override
    public List<Part> parts(ModelGraph graph, AblationActivations activations) {
        MaskObjective objective =
                new MaskObjective(MaskFunction.HARD_CONCRETE, target, true, activations, true, 0, training.seed());
        return List.of(new Part(
                circuitSize,
                new EdgePruning(
                        objective,
                        circuitSize,
                        training.learningRate(),
                        training.epochs(),
                        start,
                        training.batchesPerStep())));
    }

    @Override
    public double[] scores(List<double[]> trained) {
        return trained.get(0);
    }

    @Override
    public Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("method", "edge_pruning");
        options.put("faithfulness-target", target.name().toLowerCase(Locale.ROOT));
        options.put("ablation-type", ablation.type().name());
        if (ablation.side() != null) {
            options.put("clean-corrupt", ablation.side().name().toLowerCase(Locale.ROOT));
        }
        options.put("learning-rate", String.valueOf(training.learningRate()));
        options.put("epochs", String.valueOf(training.epochs()));
        options.put("batches-per-step", String.valueOf(training.batchesPerStep()));
        options.put("seed", String.valueOf(training.seed()));
        options.put("circuit-size", String.valueOf(circuitSize));
        options.put("init-val", String.valueOf(start));
        if (!validation.isEmpty()) {
            options.put(
                    "validation-prompts",
                    validation.stream().map(Fingerprint::of).collect(Collectors.joining(",")));
        }
        return options;
    }
}
