package io.edgewise.jobs.score;

import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.ablation.AblationType;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.ModelGraph;
import io.edgewise.jobs.files.Fingerprint;
import io.edgewise.prompt.PromptNeeds;
import io.edgewise.prompt.PromptSide;
import io.edgewise.score.mask.FaithfulnessTarget;
import io.edgewise.score.mask.MaskFunction;
import io.edgewise.score.mask.MaskObjective;
import io.edgewise.score.mask.Regularizer;
import io.edgewise.score.mask.SmallestCircuits;
import io.edgewise.score.mask.SubnetworkProbing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * AutoCircuit's subnetwork probing, and circuit probing, which trains for several sizes.
 *
 * @param isTree whether masks ablate edges of the clean run; else they patch edges of the corrupt run
 * @param ablationType what patched edges carry; of RESAMPLE always the output on the prompts that don't run
 * @param lambda the weight of the circuit's size
 * @param sizes ascending circuit sizes; empty for one training without a size
 * @param isByCircuit whether scores tell the smallest circuit that an edge belongs to
 * @param start where the parameters of masks begin, negated where masks patch
 * @param avoided names of edges that cost more
 * @param validation files of validation prompts
 */
public record Probing(
        MaskFunction function,
        FaithfulnessTarget target,
        boolean isTree,
        AblationType ablationType,
        Training training,
        double lambda,
        List<Integer> sizes,
        boolean isByCircuit,
        double start,
        double dropout,
        List<String> avoided,
        double avoidLambda,
        List<String> validation)
        implements LearnedMasks {
    public Probing {
        sizes = List.copyOf(sizes);
        avoided = List.copyOf(avoided);
        validation = List.copyOf(validation);
    }

    /**
     * How steps are taken.
     *
     * @param seed of random masks
     */
    public record Training(double learningRate, int epochs, int batchesPerStep, long seed) {}

    @Override
    public Ablation ablation() {
        boolean isOfClean = ablationType == AblationType.RESAMPLE && !isTree;
        return Ablation.of(ablationType, isOfClean ? PromptSide.CLEAN : PromptSide.CORRUPT);
    }

    @Override
    public PromptNeeds needs() {
        PromptNeeds ofRun = isTree ? PromptNeeds.NOTHING : PromptNeeds.corrupt("--tree-optimisation false");
        return target.needs().and(ofRun).and(ablation().needs());
    }

    @Override
    public List<Part> parts(ModelGraph graph, AblationActivations ablation) {
        EdgeMask mask = EdgeMask.of(graph, avoided);
        List<Integer> indices = IntStream.range(0, graph.edgeCount())
                .filter(edge -> mask.values().get(edge) == 1)
                .boxed()
                .toList();
        MaskObjective objective =
                new MaskObjective(function, target, isTree, ablation, false, dropout, training.seed());
        return sizes.isEmpty()
                ? List.of(part(objective, indices, null))
                : sizes.stream().map(size -> part(objective, indices, size)).toList();
    }

    private Part part(MaskObjective objective, List<Integer> indices, @Nullable Integer size) {
        return new Part(
                size,
                new SubnetworkProbing(
                        objective,
                        new Regularizer(lambda, size, indices, avoidLambda),
                        training.learningRate(),
                        training.epochs(),
                        start,
                        training.batchesPerStep()));
    }

    @Override
    public double[] scores(List<double[]> trained) {
        return isByCircuit ? new SmallestCircuits(sizes).scores(trained) : trained.get(0);
    }

    @Override
    public Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("method", isByCircuit ? "circuit_probing" : "subnetwork_probing");
        options.put("mask-fn", lower(function));
        options.put("faithfulness-target", lower(target));
        options.put("tree-optimisation", String.valueOf(isTree));
        options.put("ablation-type", ablationType.name());
        options.put("learning-rate", String.valueOf(training.learningRate()));
        options.put("epochs", String.valueOf(training.epochs()));
        options.put("batches-per-step", String.valueOf(training.batchesPerStep()));
        options.put("seed", String.valueOf(training.seed()));
        options.put("regularize-lambda", String.valueOf(lambda));
        if (!sizes.isEmpty()) {
            options.put(
                    isByCircuit ? "circuit-sizes" : "circuit-size",
                    sizes.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        options.put("init-val", String.valueOf(start));
        options.put("mask-dropout", String.valueOf(dropout));
        if (!avoided.isEmpty()) {
            options.put("avoid-edges", Fingerprint.ofText(String.join("\n", avoided)));
            options.put("avoid-lambda", String.valueOf(avoidLambda));
        }
        if (!validation.isEmpty()) {
            options.put(
                    "validation-prompts",
                    validation.stream().map(Fingerprint::of).collect(Collectors.joining(",")));
        }
        return options;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
