package io.edgewise.jobs.options;

import io.edgewise.InputException;
import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationType;
import io.edgewise.jobs.input.KnownEdges;
import io.edgewise.jobs.score.Probing;
import io.edgewise.jobs.score.Pruning;
import io.edgewise.jobs.score.ScoreSettings;
import io.edgewise.prompt.PromptSide;
import io.edgewise.score.mask.FaithfulnessTarget;
import io.edgewise.score.mask.MaskFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of methods that train masks: {@code subnetwork_probing}, {@code circuit_probing} and {@code edge_pruning}. */
public final class MaskOptions {
    private static final String TRUE_SIZE = "true_size";
    private static final double PROBING_RATE = 0.1;
    private static final double PRUNING_RATE = 0.8;
    private static final double PRUNING_START = 10;

    @Option(
            names = "--mask-fn",
            paramLabel = "FUNCTION",
            defaultValue = "hard_concrete",
            description =
                    "For the methods that train masks, ..._probing: what makes a mask of its parameter, ${COMPLETION-CANDIDATES}"
                            + " (default: ${DEFAULT-VALUE}).")
    private MaskFunction function;

    @Option(
            names = "--tree-optimisation",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            paramLabel = "true|false",
            description =
                    "For ..._probing: run the clean prompts and ablate edges, instead of running the corrupt prompts and patching edges"
                            + " with the clean ones (default: ${DEFAULT-VALUE}).")
    private boolean tree;

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            description =
                    "For ..._probing and edge_pruning: how far a step goes (default: 0.1, for edge_pruning at most 0.8).")
    private @Nullable Double learningRate;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "20",
            description =
                    "For ..._probing and edge_pruning: how often training goes through the prompts (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(
            names = "--batches-per-step",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "For ..._probing and edge_pruning: how many batches make a step; a cluster runs them at the same time (default: ${DEFAULT-VALUE}).")
    private int batchesPerStep;

    @Option(
            names = "--regularize-lambda",
            paramLabel = "L",
            defaultValue = "10",
            description = "For ..._probing: the weight of the circuit's size in the loss (default: ${DEFAULT-VALUE}).")
    private double lambda;

    @Option(
            names = "--init-val",
            paramLabel = "V",
            description =
                    "For ..._probing: where masks' parameters begin, V with --tree-optimisation, -V without (default: 1.609, for"
                            + " circuit_probing -1.609). For edge_pruning: where log alphas begin (default: 10).")
    private @Nullable Double start;

    @Option(
            names = "--circuit-size",
            paramLabel = "N",
            description =
                    "For subnetwork_probing: this many edges cost nothing (default: every edge costs). For edge_pruning: how many edges"
                            + " are kept in the end.")
    private @Nullable Integer circuitSize;

    @Option(
            names = "--circuit-sizes",
            split = ",",
            paramLabel = "N",
            defaultValue = TRUE_SIZE,
            description =
                    "For circuit_probing: the sizes of the circuits that masks are trained for; true_size is the number of"
                            + " --known-edges (default: ${DEFAULT-VALUE}).")
    private List<String> circuitSizes;

    @Option(
            names = "--mask-dropout",
            paramLabel = "P",
            defaultValue = "0",
            description =
                    "For ..._probing: the share of masks that are left out of a step, at random (default: ${DEFAULT-VALUE}).")
    private double dropout;

    @Option(
            names = "--avoid-edges",
            paramLabel = "FILE",
            description = "For ..._probing: edges that cost more, as in --known-edges.")
    private @Nullable String avoided;

    @Option(
            names = "--avoid-lambda",
            paramLabel = "L",
            defaultValue = "1",
            description = "For ..._probing: how much these cost (default: ${DEFAULT-VALUE}).")
    private double avoidLambda;

    @Option(
            names = "--validation-prompts",
            paramLabel = "URI",
            description =
                    "For ..._probing and edge_pruning: other prompts, on which training/ has the faithfulness after every epoch. Repeatable.")
    private @Nullable List<String> validation;

    /** Settings of {@code subnetwork_probing}. */
    public ScoreSettings subnetworkProbing(FaithfulnessTarget target, Ablation ablation, long seed) {
        return probing(target, ablation, seed, circuitSize == null ? List.of() : List.of(size(circuitSize)), false);
    }

    /**
     * Settings of {@code circuit_probing}.
     *
     * @param knownEdges whose number is {@code true_size}
     */
    public ScoreSettings circuitProbing(
            FaithfulnessTarget target, Ablation ablation, long seed, List<String> knownEdges) {
        TreeSet<Integer> sizes = new TreeSet<>();
        for (String text : circuitSizes) {
            if (!sizes.add(size(text, knownEdges))) {
                throw new InputException("--circuit-sizes has " + text + " twice; give each size once");
            }
        }
        return probing(target, ablation, seed, new ArrayList<>(sizes), true);
    }

    private static int size(String text, List<String> knownEdges) {
        if (text.equals(TRUE_SIZE)) {
            if (knownEdges.isEmpty()) {
                throw new InputException(
                        "--method circuit_probing wants --circuit-sizes, such as 10,100,1000, or --known-edges, whose"
                                + " number is true_size");
            }
            return knownEdges.size();
        }
        try {
            return size(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new InputException("--circuit-sizes wants numbers or true_size, got " + text, e);
        }
    }

    private static int size(int size) {
        if (size < 1) {
            throw new InputException("A circuit size must be at least 1, got " + size);
        }
        return size;
    }

    private ScoreSettings probing(
            FaithfulnessTarget target, Ablation ablation, long seed, List<Integer> sizes, boolean isByCircuit) {
        check();
        if (tree && ablation.equals(Ablation.of(AblationType.RESAMPLE, PromptSide.CLEAN))) {
            throw new InputException(
                    "--tree-optimisation runs the clean prompts, so RESAMPLE carries the corrupt ones; leave out"
                            + " --clean-corrupt clean");
        }
        double usual = isByCircuit ? -MaskFunction.START : MaskFunction.START;
        return new Probing(
                function,
                target,
                tree,
                ablation.type(),
                training(PROBING_RATE, seed),
                lambda,
                sizes,
                isByCircuit,
                start == null ? usual : start,
                dropout,
                avoided == null ? List.of() : KnownEdges.read(avoided),
                avoidLambda,
                validation == null ? List.of() : validation);
    }

    /** Settings of {@code edge_pruning}. */
    public ScoreSettings edgePruning(FaithfulnessTarget target, Ablation ablation, long seed) {
        check();
        if (circuitSize == null) {
            throw new InputException("--method edge_pruning wants --circuit-size, how many edges are kept in the end");
        }
        return new Pruning(
                target,
                ablation,
                training(PRUNING_RATE, seed),
                size(circuitSize),
                start == null ? PRUNING_START : start,
                validation == null ? List.of() : validation);
    }

    private Probing.Training training(double usualRate, long seed) {
        return new Probing.Training(learningRate == null ? usualRate : learningRate, epochs, batchesPerStep, seed);
    }

    private void check() {
        if (epochs < 1 || batchesPerStep < 1) {
            throw new InputException(
                    "--epochs and --batches-per-step must be at least 1, got " + epochs + " and " + batchesPerStep);
        }
        if (learningRate != null && !(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
            throw new InputException("--learning-rate must be a number greater than 0, got " + learningRate);
        }
        if (!Double.isFinite(lambda) || !Double.isFinite(avoidLambda) || (start != null && !Double.isFinite(start))) {
            throw new InputException("--regularize-lambda, --avoid-lambda and --init-val must be numbers, got " + lambda
                    + ", " + avoidLambda + " and " + start);
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new InputException("--mask-dropout must be at least 0 and less than 1, got " + dropout);
        }
    }
}
