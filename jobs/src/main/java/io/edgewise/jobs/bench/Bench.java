package io.edgewise.jobs.bench;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.ablation.AblationType;
import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.CircuitRunner;
import io.edgewise.circuit.CircuitTiming;
import io.edgewise.circuit.PatchType;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.PlainPasses;
import io.edgewise.model.torch.GpuMemory;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.prompt.PromptSide;
import io.edgewise.score.AnswerFunction;
import io.edgewise.score.EdgeRange;
import io.edgewise.score.EdgeSample;
import io.edgewise.score.ExactTiming;
import io.edgewise.score.GradFunction;
import io.edgewise.score.MaskGradient;
import io.edgewise.score.MaskValue;
import io.edgewise.score.PruneScores;
import io.edgewise.score.mask.CleanLogits;
import io.edgewise.score.mask.FaithfulnessTarget;
import io.edgewise.score.mask.MaskFunction;
import io.edgewise.score.mask.MaskObjective;
import io.edgewise.score.mask.MaskStep;
import io.edgewise.uncertainty.Bootstrap;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A benchmark of scores and circuits on one batch of random prompts, compared with plain passes. Every round times everything once, so that
 * changes in the machine's load affect all alike. A timing ends when the last number is there, on a GPU too. A score at mask 0 is compared
 * with the least that any method needs: a forward pass on the corrupt prompts, and a forward and a backward pass on the clean ones. A score
 * with its errors is compared with the score alone, a step of training masks with a forward and a backward pass, and a circuit, and an edge
 * that is patched alone, with one forward pass.
 *
 * @param withCircuits whether circuits are timed
 * @param soak how many batches to score at the end, to see how much memory is held
 */
public record Bench(PatchableModel model, int batchSize, int tokens, int rounds, boolean withCircuits, int soak) {
    private static final int SAMPLES = 5;
    private static final int REPLICATES = 200;
    private static final double MEGABYTE = 1e6;

    public ObjectNode run() {
        PromptBatch batch = batch();
        PlainPasses passes = new PlainPasses(model, batch);
        MaskGradient score = scorer(new MaskValue.Constant(0));
        MaskGradient integrated = scorer(new MaskValue.IntegratedGradients(SAMPLES));
        passes.forward();
        // First of all: freed memory stays with the process and would hide what scoring needs.
        OptionalDouble peak = peak(() -> score.score(model, batch));
        PruneScores scores =
                PruneScores.of(model.graph(), score.score(model, batch).values());
        // After these: a GPU's first work loads its kernels into its memory.
        OptionalLong gpuPeak = GpuMemory.growth(device(), () -> score.score(model, batch));
        BatchPieces whole = BatchPieces.whole(batch);
        ExactTiming exact = new ExactTiming(model, batch);
        MaskStep masks = maskStep();
        CleanLogits clean = new CleanLogits(Long.MAX_VALUE);
        MethodTimings methods = MethodTimings.of(model, batch);
        Timings timings = new Timings();
        for (int round = 0; round <= rounds; round++) {
            boolean counts = round > 0;
            timings.time("forward", passes::forward, counts);
            timings.time("forward_all", passes::forwardAllPositions, counts);
            timings.time("forward_backward", passes::forwardBackward, counts);
            timings.time("score", () -> score.score(model, batch), counts);
            timings.time("bootstrap", () -> bootstrap(score, whole), counts);
            timings.time("integrated", () -> integrated.score(model, batch), counts);
            if (withCircuits) {
                timings.add("exact", exact.secondsPerEdge(), counts);
            }
            methods.time(timings, counts);
            timings.time("mask_step", () -> masks.gradients(model, whole, clean), counts);
            for (PatchType patchType : patchTypes()) {
                CircuitTiming circuits = CircuitTiming.of(runner(patchType, scores), model, batch);
                for (int place = 0; place < counts().size(); place++) {
                    timings.add(
                            patchType + " " + counts().get(place),
                            circuits.alone().get(place),
                            counts);
                }
                timings.add(patchType + " sweep", circuits.together() / counts().size(), counts);
            }
        }
        ObjectNode result = result(timings);
        methods.put(result.putObject("methods"), timings);
        if (withCircuits) {
            ObjectNode node = result.putObject("exact");
            node.put("sampled_edges", exact.sample().cardinality());
            timings.put(node, "seconds_per_edge", "exact");
            node.put("ratio", timings.median("exact") / timings.median("forward"));
        }
        peak.ifPresent(bytes -> ((ObjectNode) result.get("score")).put("peak_extra_mb", bytes / MEGABYTE));
        gpuPeak.ifPresent(bytes -> ((ObjectNode) result.get("score")).put("peak_extra_gpu_mb", bytes / MEGABYTE));
        GpuMemory.taken(device()).ifPresent(bytes -> result.put("gpu_mb", bytes / MEGABYTE));
        if (soak > 0) {
            result.set("soak", new Soak(model, batch, score, soak).run());
        }
        return result;
    }

    /** Scores a batch and draws the replicates of its prompts. The intervals, which are made once a run, are left out. */
    private EdgeSample bootstrap(MaskGradient score, BatchPieces batch) {
        int edges = model.graph().edgeCount();
        int prompts = batch.whole().size();
        float[] ofEach = new float[edges * prompts];
        List<Long> keys = new ArrayList<>();
        score.score(model, batch, (prompt, shares) -> {
            for (int edge = 0; edge < edges; edge++) {
                ofEach[edge * prompts + keys.size()] = (float) shares[edge];
            }
            keys.add(prompt.key());
        });
        EdgeSample sample = new EdgeSample(new EdgeRange(0, edges), new Bootstrap(REPLICATES, 0));
        sample.add(keys.stream().mapToLong(Long::longValue).toArray(), ofEach);
        return sample;
    }

    private Device device() {
        return model.wrappedModel().device();
    }

    private List<PatchType> patchTypes() {
        return withCircuits ? List.of(PatchType.values()) : List.of();
    }

    private ObjectNode result(Timings timings) {
        ObjectNode result = new ObjectMapper().createObjectNode();
        result.put("batch_size", batchSize).put("tokens", tokens).put("rounds", rounds);
        result.put("edges", model.graph().edgeCount());
        double forward = timings.median("forward");
        double forwardBackward = timings.median("forward_backward");
        ObjectNode floor = result.putObject("floor");
        timings.put(floor, "forward_seconds", "forward");
        floor.put("forward_cpu_seconds", timings.median("forward cpu"));
        timings.put(floor, "forward_backward_seconds", "forward_backward");
        floor.put("forward_backward_cpu_seconds", timings.median("forward_backward cpu"));
        timings.put(floor, "forward_all_positions_seconds", "forward_all");
        ObjectNode score = result.putObject("score");
        timings.put(score, "seconds", "score");
        score.put("cpu_seconds", timings.median("score cpu"));
        score.put("ratio", timings.median("score") / (forward + forwardBackward));
        ObjectNode bootstrap = result.putObject("bootstrap").put("replicates", REPLICATES);
        timings.put(bootstrap, "seconds", "bootstrap");
        bootstrap.put("cpu_seconds", timings.median("bootstrap cpu"));
        bootstrap.put("ratio", timings.median("bootstrap") / timings.median("score"));
        ObjectNode integrated = result.putObject("integrated_gradients").put("points", SAMPLES + 1);
        timings.put(integrated, "seconds", "integrated");
        integrated.put("cpu_seconds", timings.median("integrated cpu"));
        integrated.put("ratio", timings.median("integrated") / ((SAMPLES + 1) * forwardBackward));
        ObjectNode maskStep = result.putObject("mask_step");
        timings.put(maskStep, "seconds", "mask_step");
        maskStep.put("cpu_seconds", timings.median("mask_step cpu"));
        maskStep.put("ratio", timings.median("mask_step") / forwardBackward);
        ArrayNode circuits = result.putArray("circuits");
        for (PatchType patchType : patchTypes()) {
            for (int edges : counts()) {
                ObjectNode circuit =
                        circuits.addObject().put("patch_type", patchType.name()).put("edges", edges);
                timings.put(circuit, "seconds", patchType + " " + edges);
                circuit.put("ratio", timings.median(patchType + " " + edges) / forward);
            }
        }
        ArrayNode sweeps = result.putArray("sweeps");
        for (PatchType patchType : patchTypes()) {
            ObjectNode sweep =
                    sweeps.addObject().put("patch_type", patchType.name()).put("circuits", counts().size());
            timings.put(sweep, "seconds_per_circuit", patchType + " sweep");
            sweep.put("ratio", timings.median(patchType + " sweep") / forward);
        }
        return result;
    }

    /** 0, 1, 2, 5, 10, ..., half of all edges, all edges. */
    private List<Integer> counts() {
        int all = model.graph().edgeCount();
        TreeSet<Integer> counts = new TreeSet<>(List.of(0, all / 2, all));
        for (int step = 1; step < all; step = Math.multiplyExact(step, 10)) {
            for (int leading : new int[] {1, 2, 5}) {
                if ((long) step * leading < all) {
                    counts.add(step * leading);
                }
            }
        }
        return List.copyOf(counts);
    }

    private CircuitRunner runner(PatchType patchType, PruneScores scores) {
        return new CircuitRunner(
                scores,
                Circuit.of(scores, counts()),
                patchType,
                AblationActivations.of(Ablation.of(AblationType.RESAMPLE, CircuitRunner.patchSide(patchType, false))),
                false);
    }

    private MaskGradient scorer(MaskValue mask) {
        return new MaskGradient(
                GradFunction.LOGIT,
                AnswerFunction.AVG_DIFF,
                mask,
                AblationActivations.of(Ablation.of(AblationType.RESAMPLE, PromptSide.CORRUPT)),
                batchSize);
    }

    /** A step of training masks, with a mask for every edge and prompt. The whole model's logits are kept from step to step, as in training. */
    private MaskStep maskStep() {
        MaskObjective objective = new MaskObjective(
                MaskFunction.HARD_CONCRETE,
                FaithfulnessTarget.KL_DIV,
                true,
                AblationActivations.of(Ablation.of(AblationType.RESAMPLE, PromptSide.CORRUPT)),
                false,
                0,
                0);
        return new MaskStep(objective, new double[model.graph().edgeCount()], 0);
    }

    private PromptBatch batch() {
        SplittableRandom random = new SplittableRandom(1);
        int vocabulary = model.config().vocabulary();
        return PromptBatch.of(
                0,
                IntStream.range(0, batchSize)
                        .mapToObj(prompt -> PromptPair.of(
                                random.ints(tokens, 0, vocabulary).boxed().toList(),
                                random.ints(tokens, 0, vocabulary).boxed().toList(),
                                List.of(0),
                                List.of(1)))
                        .toList());
    }

    /** How many bytes the process grew by while it worked; empty where the system doesn't say. */
    private static OptionalDouble peak(Runnable work) {
        return new PeakMemory().during(work);
    }
}
