package io.edgewise.jobs.sweep;

import io.edgewise.ablation.AblationActivations;
import io.edgewise.circuit.BenchmarkCurve;
import io.edgewise.circuit.EdgeCounts;
import io.edgewise.circuit.Measurement;
import io.edgewise.circuit.RocCurve;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.Level;
import io.edgewise.jobs.figure.FigureFile;
import io.edgewise.jobs.files.Fingerprint;
import io.edgewise.jobs.input.GivenScores;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.input.PromptSelection;
import io.edgewise.jobs.input.Prompts;
import io.edgewise.jobs.input.ScoredPrompts;
import io.edgewise.jobs.input.SeqLabels;
import io.edgewise.jobs.results.Manifest;
import io.edgewise.jobs.run.JobRun;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.score.PruneScores;
import io.edgewise.score.RankedScores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The job that runs and measures circuits of several sizes.
 *
 * @param given the given scores
 */
public record SweepJob(ModelSetup model, PromptSelection selection, GivenScores given, SweepSettings settings) {
    /**
     * What will be run, read and checked before Spark starts.
     *
     * @param controls the random circuits
     * @param roc against a known circuit; null for none
     */
    public record Plan(
            RankedScores scores, PlannedCircuits circuits, PlannedControls controls, @Nullable RocCurve roc) {}

    /**
     * What was measured.
     *
     * @param level what circuits are sets of
     * @param curves the curves of the MIB benchmark, where they were asked for
     * @param roc against a known circuit; null for none
     * @param tested the tests of the headline's circuit; null where no tests were asked for
     */
    public record Result(
            Level level,
            List<Measurement> measurements,
            List<BenchmarkCurve> curves,
            @Nullable RocCurve roc,
            @Nullable TestedCircuit tested) {
        public Result {
            measurements = List.copyOf(measurements);
            curves = List.copyOf(curves);
        }
    }

    /** Reads the scores and chooses the circuits. */
    public Plan plan() {
        RankedScores scores = given.read(model);
        new SweepLevel(scores.level()).check(settings);
        List<String> known = settings.products().knownEdges();
        FigureFile figure = settings.products().figure();
        if (figure != null) {
            figure.check();
        }
        PlannedCircuits circuits = PlannedCircuits.of(scores, settings);
        return new Plan(
                scores,
                circuits,
                PlannedControls.of(circuits, settings.checks().controls()),
                known.isEmpty()
                        ? null
                        : RocCurve.of(
                                (PruneScores) scores,
                                EdgeMask.of(scores.graph(), known),
                                EdgeCounts.Rule.DEFAULT.of(scores)));
    }

    public Manifest manifest(Plan plan) {
        return new Manifest("sweep", options(plan), model, selection);
    }

    /** Reads the prompts, runs the circuits, and writes the result directory. */
    public Result run(JobRun run, Plan plan) {
        try (PromptBatches.Result prompts = Prompts.batches(run.spark(), model, selection, settings.answers())) {
            run.counts(prompts);
            ScoredPrompts.of(run.spark(), given).ifPresent(scored -> run.overlap(prompts.among(scored), prompts));
            AblationActivations activations = run.ablation(model, settings.ablation(), prompts);
            Result result = new SweepRun(settings, run, plan, prompts, activations).measure();
            complete(run, plan, result.measurements(), prompts);
            return result;
        }
    }

    /** Completes the directory, and only then touches a file outside it. */
    private void complete(JobRun run, Plan plan, List<Measurement> measurements, PromptBatches.Result prompts) {
        FigureFile figure = settings.products().figure();
        if (figure == null) {
            run.complete(prompts);
            return;
        }
        List<String> labels = SeqLabels.of(selection, prompts.model().prefix().size(), prompts.longest());
        String drawing =
                figure.draw((PruneScores) plan.scores(), plan.circuits().chosen(measurements), labels);
        figure.writeInto(run.out(), drawing);
        run.complete(prompts);
        figure.write(run.out(), drawing);
    }

    private Map<String, String> options(Plan plan) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("scores", Fingerprint.of(given.file().toString()));
        options.put(
                "edge-counts",
                plan.circuits().own().stream()
                        .map(circuit -> String.valueOf(circuit.requestedEdges()))
                        .collect(Collectors.joining(",")));
        options.putAll(settings.options());
        if (plan.scores().level() != Level.EDGE) {
            options.put("level", plan.scores().level().word());
        }
        return options;
    }
}
