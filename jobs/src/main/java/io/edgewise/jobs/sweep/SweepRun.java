package io.edgewise.jobs.sweep;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.check.SelfCheck;
import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.CircuitRunner;
import io.edgewise.circuit.CircuitSweep;
import io.edgewise.circuit.CircuitTests;
import io.edgewise.circuit.FaithfulnessArea;
import io.edgewise.circuit.Measurement;
import io.edgewise.circuit.PromptSweep;
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
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.pipeline.SweepCircuits;
import io.edgewise.pipeline.TellShown;
import io.edgewise.score.NodeScores;
import io.edgewise.score.PruneScores;
import io.edgewise.spark.PieceSizes;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** A running sweep, which measures the circuits and writes its tables. */
record SweepRun(
        SweepSettings settings,
        JobRun run,
        SweepJob.Plan plan,
        PromptBatches.Result prompts,
        AblationActivations activations) {
    private static final int TESTED_PROMPTS = 500;

    /** Does everything except completing the directory. */
    SweepJob.Result measure() {
        CircuitSweep sweep = new CircuitSweep(
                runner(plan.circuits().all()),
                settings.metrics().measured(),
                settings.checks().bootstrap(),
                plan.controls().circuits(),
                settings.products().shownPrompts());
        SweepCircuits.Result swept = run.onBatches(
                "sweep", prompts, PieceSizes.WHOLE, work -> new SweepCircuits(sweep, work).execute(prompts));
        run.check(new SelfCheck(null), prompts, PieceSizes.WHOLE, null);
        List<Measurement> own = plan.circuits().own(swept.measurements());
        SweepJob.Result result = new SweepJob.Result(
                level(), own, plan.circuits().curves(swept.measurements()), plan.roc(), tested(own));
        write(result);
        writeControls(swept);
        writeAnswers(swept.answers());
        writePrompts();
        writeOutputs();
        return result;
    }

    private CircuitRunner runner(List<Circuit> circuits) {
        return new CircuitRunner(
                plan.scores(), circuits, settings.patchType(), activations, settings.reverseCleanCorrupt());
    }

    private @Nullable TestedCircuit tested(List<Measurement> own) {
        if (!settings.checks().tests()) {
            return null;
        }
        Circuit circuit = plan.circuits().chosen(own);
        CircuitTests tests = CircuitTests.of((PruneScores) plan.scores(), circuit);
        SetDifferences sets = new SetDifferences(runner(List.of()), tests.sets());
        double[][] differences = new DifferencesOfPrompts(sets, PieceSizes.WHOLE, TESTED_PROMPTS).execute(prompts);
        return new TestedCircuit(circuit, tests.findings(differences), differences[0].length);
    }

    private void write(SweepJob.Result result) {
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
                                run.spark(), measurements, settings.patchType(), settings.ablationType()));
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
                CircuitTable.of(run.spark(), plan.scores(), plan.circuits().told()));
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

    private void writeControls(SweepCircuits.Result swept) {
        if (settings.checks().controls() > 0) {
            circuits(
                    "controls",
                    ControlTable.of(
                            run.spark(),
                            plan.controls().bands(plan.circuits(), swept.measurements(), swept.controls())));
        }
    }

    /** Writes what the circuits answer on the first prompts, if any are to be shown. */
    private void writeAnswers(List<ShownAnswer> answers) {
        if (settings.products().shownPrompts() > 0) {
            List<ShownAnswer> own = answers.stream()
                    .filter(answer -> plan.circuits().own().contains(answer.circuit()))
                    .toList();
            Dataset<Row> told = new TellShown(own, run.unfit()).execute(prompts);
            circuits(
                    "answers",
                    told.withColumn("patch_type", lit(settings.patchType().name())));
        }
    }

    /** Writes the measurements on each prompt, if they are wanted. */
    private void writePrompts() {
        if (!settings.products().perPrompt()) {
            return;
        }
        SweepMetrics metrics = settings.metrics();
        PromptSweep sweep =
                new PromptSweep(runner(plan.circuits().ownAndEnds()), metrics.measured(), metrics.faithfulness());
        Object[] sizes =
                plan.circuits().own().stream().map(Circuit::requestedEdges).toArray();
        Dataset<Row> own = new MeasureEachPrompt(sweep, PieceSizes.WHOLE)
                .execute(prompts)
                .filter(col("requested_edges").isin(sizes))
                .filter(col("metric").isin(metrics.ofCircuits().toArray()));
        circuits("per_prompt", own.select(lit(settings.patchType().name()).as("patch_type"), col("*")));
    }

    private void writeOutputs() {
        if (settings.products().outputs()) {
            CircuitRunner own = runner(plan.circuits().own());
            circuits("outputs", new CircuitOutputs(own, PieceSizes.WHOLE).execute(prompts));
        }
    }
}
