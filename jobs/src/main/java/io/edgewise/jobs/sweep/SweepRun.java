package io.edgewise.jobs.sweep;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.edgewise.check.SelfCheck;
import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.CircuitRunner;
import io.edgewise.circuit.CircuitTests;
import io.edgewise.circuit.FaithfulnessArea;
import io.edgewise.circuit.Measurement;
import io.edgewise.circuit.PromptSweep;
import io.edgewise.circuit.Selection;
import io.edgewise.circuit.SetDifferences;
import io.edgewise.circuit.ShownAnswer;
import io.edgewise.graph.Level;
import io.edgewise.jobs.results.AreaTable;
import io.edgewise.jobs.results.CircuitTable;
import io.edgewise.jobs.results.ControlTable;
import io.edgewise.jobs.results.MeasurementTable;
import io.edgewise.jobs.results.NodeMeasurementTable;
import io.edgewise.jobs.results.RocTable;
import io.edgewise.jobs.results.ScoreTable;
import io.edgewise.jobs.results.TestTable;
import io.edgewise.jobs.run.JobRun;
import io.edgewise.pipeline.CircuitOutputs;
import io.edgewise.pipeline.DifferencesOfPrompts;
import io.edgewise.pipeline.MeasureEachPrompt;
import io.edgewise.pipeline.TellShown;
import io.edgewise.score.NodeScores;
import io.edgewise.score.PruneScores;
import io.edgewise.spark.batch.PieceSizes;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A running sweep, which measures the circuits and writes its tables.
 *
 * @param selection how circuits are chosen
 * @param runs on the prompts that measure
 */
record SweepRun(SweepSettings settings, JobRun run, SweepJob.Plan plan, Selection selection, CircuitRuns runs) {
    private static final int TESTED_PROMPTS = 500;

    /** Runs and measures the circuits. */
    Swept measure() {
        PlannedCircuits circuits = PlannedCircuits.of(plan.scores(), selection, settings);
        PlannedControls controls =
                PlannedControls.of(circuits, settings.checks().controls());
        Swept first = Swept.of(circuits, runs.measure("sweep", circuits.all(), controls.circuits()));
        Swept swept = new SmallestCircuits(runs, selection, settings.search()).search(first);
        run.check(new SelfCheck(null), runs.prompts(), PieceSizes.WHOLE, null);
        return swept;
    }

    /**
     * Writes the tables of what was measured.
     *
     * @param minimised the headline's circuit without the edges that it doesn't need; null where that wasn't asked for
     */
    SweepJob.Result write(Swept swept, @Nullable MinimisedCircuit minimised) {
        List<Measurement> own = swept.own();
        Headline headline = Headline.of(own, plan.scores().size());
        SweepJob.Result result = new SweepJob.Result(
                level(),
                own,
                swept.circuits().curves(swept.measurements()),
                plan.roc(),
                tested(swept.circuits().chosen(own)),
                settings.search().keep().stream()
                        .map(keep -> SmallestCircuit.of(keep, headline))
                        .toList(),
                minimised);
        writeTables(swept, result);
        writeControls(swept);
        writeAnswers(swept);
        writePrompts(swept.circuits());
        writeOutputs(swept.circuits());
        return result;
    }

    private @Nullable TestedCircuit tested(Circuit circuit) {
        if (!settings.checks().tests()) {
            return null;
        }
        CircuitTests tests = CircuitTests.of((PruneScores) plan.scores(), circuit);
        SetDifferences sets = new SetDifferences(runs.runner(List.of()), tests.sets());
        double[][] differences =
                new DifferencesOfPrompts(sets, PieceSizes.WHOLE, TESTED_PROMPTS).execute(runs.prompts());
        return new TestedCircuit(circuit, tests.findings(differences), differences[0].length);
    }

    private void writeTables(Swept swept, SweepJob.Result result) {
        List<Measurement> measurements = Stream.concat(
                        result.measurements().stream(),
                        result.curves().stream().flatMap(curve -> curve.measurements().stream()))
                .toList();
        run.table(
                "measurements",
                plan.scores() instanceof NodeScores nodes
                        ? NodeMeasurementTable.of(
                                run.spark(), nodes, measurements, settings.patchType(), settings.ablationType())
                        : MeasurementTable.of(
                                run.spark(),
                                (PruneScores) plan.scores(),
                                measurements,
                                settings.patchType(),
                                settings.ablationType()));
        run.table(
                "areas",
                AreaTable.of(
                        run.spark(),
                        settings.metrics().metrics(),
                        result.measurements(),
                        new FaithfulnessArea(plan.scores().size()).of(result.measurements()),
                        result.curves()));
        circuits(
                "circuits",
                CircuitTable.of(run.spark(), plan.scores(), swept.circuits().told()));
        writeFound(result);
        TestedCircuit tested = result.tested();
        if (tested != null) {
            ArrayNode sentences = JsonNodeFactory.instance.arrayNode();
            tested.sentences().forEach(sentences::add);
            run.manifest().put("tests", sentences);
            run.table("tests", TestTable.of(run.spark(), tested.circuit(), tested.findings(), tested.prompts()));
        }
        if (plan.roc() != null) {
            run.table("roc", RocTable.of(run.spark(), plan.roc()));
            run.manifest().put("roc_area", DoubleNode.valueOf(plan.roc().area()));
        }
    }

    /** Writes a table of circuits, whose sizes are counted in what they are sets of. */
    private void circuits(String name, Dataset<Row> rows) {
        run.table(name, level() == Level.EDGE ? rows : ScoreTable.counted(rows, level()));
    }

    private Level level() {
        return plan.scores().level();
    }

    /** Writes the circuits that were searched. */
    private void writeFound(SweepJob.Result result) {
        if (!result.smallest().isEmpty()) {
            ArrayNode smallest = JsonNodeFactory.instance.arrayNode();
            result.smallest().forEach(circuit -> smallest.add(circuit.json()));
            run.manifest().put(SmallestCircuit.KEY, smallest);
        }
        MinimisedCircuit minimised = result.minimised();
        if (minimised != null) {
            run.manifest().put(MinimisedCircuit.KEY, minimised.json());
            circuits(MinimisedCircuit.TABLE, CircuitTable.of(run.spark(), plan.scores(), List.of(minimised.after())));
        }
    }

    private void writeControls(Swept swept) {
        if (settings.checks().controls() > 0) {
            circuits(
                    "controls",
                    ControlTable.of(
                            run.spark(),
                            PlannedControls.bands(swept.circuits(), swept.measurements(), swept.controls())));
        }
    }

    /** Writes what the circuits answer on the first prompts, if any are to be shown. */
    private void writeAnswers(Swept swept) {
        if (settings.products().shownPrompts() > 0) {
            List<ShownAnswer> own = swept.answers().stream()
                    .filter(answer -> swept.circuits().own().contains(answer.circuit()))
                    .toList();
            Dataset<Row> told = new TellShown(own, run.unfit()).execute(runs.prompts());
            circuits(
                    "answers",
                    told.withColumn("patch_type", lit(settings.patchType().name())));
        }
    }

    /** Writes the measurements on each prompt, if they are wanted. */
    private void writePrompts(PlannedCircuits circuits) {
        if (!settings.products().perPrompt()) {
            return;
        }
        SweepMetrics metrics = settings.metrics();
        PromptSweep sweep =
                new PromptSweep(runs.runner(circuits.ownAndEnds()), metrics.measured(), metrics.faithfulness());
        Object[] sizes = circuits.own().stream().map(Circuit::requestedEdges).toArray();
        Dataset<Row> own = new MeasureEachPrompt(sweep, PieceSizes.WHOLE)
                .execute(runs.prompts())
                .filter(col("requested_edges").isin(sizes))
                .filter(col("metric").isin(metrics.ofCircuits().toArray()));
        circuits("per_prompt", own.select(lit(settings.patchType().name()).as("patch_type"), col("*")));
    }

    private void writeOutputs(PlannedCircuits circuits) {
        if (settings.products().outputs()) {
            CircuitRunner own = runs.runner(circuits.own());
            circuits("outputs", new CircuitOutputs(own, PieceSizes.WHOLE).execute(runs.prompts()));
        }
    }
}
