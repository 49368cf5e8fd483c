package io.edgewise.jobs.sweep;

import io.edgewise.ablation.AblationActivations;
import io.edgewise.circuit.BenchmarkCurve;
import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.EdgeCounts;
import io.edgewise.circuit.Measurement;
import io.edgewise.circuit.RocCurve;
import io.edgewise.circuit.Selection;
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
     * @param sizes of the circuits, in edges
     * @param roc against a known circuit; null for none
     */
    public record Plan(RankedScores scores, List<Integer> sizes, @Nullable RocCurve roc) {
        public Plan {
            sizes = List.copyOf(sizes);
        }
    }

    /**
     * What was measured.
     *
     * @param level what circuits are sets of
     * @param curves the curves of the MIB benchmark, where they were asked for
     * @param roc against a known circuit; null for none
     * @param tested the tests of the headline's circuit; null where no tests were asked for
     * @param smallest the smallest circuits that were searched
     * @param minimised the headline's circuit without the edges that it doesn't need; null where that wasn't asked for
     */
    public record Result(
            Level level,
            List<Measurement> measurements,
            List<BenchmarkCurve> curves,
            @Nullable RocCurve roc,
            @Nullable TestedCircuit tested,
            List<SmallestCircuit> smallest,
            @Nullable MinimisedCircuit minimised) {
        public Result {
            measurements = List.copyOf(measurements);
            curves = List.copyOf(curves);
            smallest = List.copyOf(smallest);
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
        settings.select().check(given);
        return new Plan(
                scores,
                PlannedCircuits.sizes(scores, settings),
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
        if (!settings.tunes()) {
            return run(run, plan, selection, null);
        }
        try (PromptBatches.Result tuning = Prompts.batches(run.spark(), model, selection.tuning(), settings.needs())) {
            return run(run, plan, selection.afterTuning(), runs(run, plan, tuning));
        }
    }

    /**
     * Runs the circuits on some prompts.
     *
     * @param tuning on prompts that choose between circuits; null where there are none
     */
    private Result run(JobRun run, Plan plan, PromptSelection measuring, @Nullable CircuitRuns tuning) {
        double ratio = tuning == null || !settings.select().isTuned() ? 0 : new RatioTuning(tuning).best(plan.sizes());
        Selection chosen = settings.select()
                .selection(ratio, () -> settings.select().consistent(run.spark(), given, plan.scores()));
        try (PromptBatches.Result prompts = Prompts.batches(run.spark(), model, measuring, settings.needs())) {
            run.counts(prompts);
            ScoredPrompts.of(run.spark(), given).ifPresent(scored -> run.overlap(prompts.among(scored), prompts));
            SweepRun sweep = new SweepRun(settings, run, plan, chosen, runs(run, plan, prompts));
            Swept swept = sweep.measure();
            run.manifest()
                    .put(
                            SelectionJson.KEY,
                            new SelectionJson(chosen, tuning)
                                    .json(swept.circuits().all()));
            Result result = sweep.write(swept, minimised(swept, tuning, sweep.runs()));
            complete(run, plan, swept, prompts);
            return result;
        }
    }

    private CircuitRuns runs(JobRun run, Plan plan, PromptBatches.Result prompts) {
        AblationActivations activations = run.ablation(model, settings.ablation(), prompts);
        return new CircuitRuns(run, plan.scores(), settings, prompts, activations);
    }

    private @Nullable MinimisedCircuit minimised(Swept swept, @Nullable CircuitRuns tuning, CircuitRuns measuring) {
        if (tuning == null || !settings.search().minimises()) {
            return null;
        }
        PlannedCircuits circuits = swept.circuits();
        Circuit circuit = circuits.chosen(swept.own());
        List<Integer> removed = new Minimisation(tuning).removed(circuit);
        return Minimisation.verified(measuring, circuit, removed, circuits.faithfulness(swept.measurements()));
    }

    /** Completes the directory, and only then touches a file outside it. */
    private void complete(JobRun run, Plan plan, Swept swept, PromptBatches.Result prompts) {
        FigureFile figure = settings.products().figure();
        if (figure == null) {
            run.complete(prompts);
            return;
        }
        List<String> labels = SeqLabels.of(selection, prompts.model().prefix().size(), prompts.longest());
        String drawing =
                figure.draw((PruneScores) plan.scores(), swept.circuits().chosen(swept.own()), labels);
        figure.writeInto(run.out(), drawing);
        run.complete(prompts);
        figure.write(run.out(), drawing);
    }

    private Map<String, String> options(Plan plan) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("scores", Fingerprint.of(given.file().toString()));
        options.put("edge-counts", plan.sizes().stream().map(String::valueOf).collect(Collectors.joining(",")));
        options.putAll(settings.options());
        if (plan.scores().level() != Level.EDGE) {
            options.put("level", plan.scores().level().word());
        }
        return options;
    }
}
