package io.edgewise.jobs.sweep;

import io.edgewise.ablation.AblationActivations;
import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.CircuitRunner;
import io.edgewise.circuit.CircuitSweep;
import io.edgewise.circuit.Measurement;
import io.edgewise.circuit.Members;
import io.edgewise.circuit.RandomCircuit;
import io.edgewise.jobs.run.JobRun;
import io.edgewise.metric.CircuitMetric;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.pipeline.SweepCircuits;
import io.edgewise.score.RankedScores;
import io.edgewise.spark.batch.PieceSizes;
import io.edgewise.uncertainty.Bootstrap;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Runs of circuits on one set of prompts.
 *
 * @param activations what patched edges carry
 */
record CircuitRuns(
        JobRun run,
        RankedScores scores,
        SweepSettings settings,
        PromptBatches.Result prompts,
        AblationActivations activations) {

    CircuitRunner runner(List<Circuit> circuits) {
        return new CircuitRunner(scores, circuits, settings.patchType(), activations, settings.reverseCleanCorrupt());
    }

    /**
     * Runs circuits and measures all that the sweep measures.
     *
     * @param name tells these runs from others of the job
     */
    SweepCircuits.Result measure(String name, List<Circuit> circuits, List<RandomCircuit> controls) {
        return run(
                name,
                new CircuitSweep(
                        runner(circuits),
                        settings.metrics().measured(),
                        settings.checks().bootstrap(),
                        controls,
                        settings.products().shownPrompts()));
    }

    /** Runs circuits and measures one metric. */
    List<Measurement> measure(String name, List<Circuit> circuits, CircuitMetric metric, Bootstrap bootstrap) {
        return run(name, new CircuitSweep(runner(circuits), List.of(metric), bootstrap, List.of(), 0))
                .measurements();
    }

    private SweepCircuits.Result run(String name, CircuitSweep sweep) {
        return run.onBatches(
                name + mark(sweep.runner().circuits()), prompts, PieceSizes.WHOLE, work -> new SweepCircuits(
                                sweep, work)
                        .execute(prompts));
    }

    /**
     * A mark of the circuits that a search by time may find otherwise when it runs again, so that a resumed run takes only what was measured on the
     * same ones; empty where there are none.
     */
    private static String mark(List<Circuit> circuits) {
        CRC32C sum = new CRC32C();
        for (Circuit circuit : circuits) {
            if (circuit.members() instanceof Members.Searched searched && searched.gap() > 0) {
                sum.update(searched.places().toByteArray());
            }
        }
        return sum.getValue() == 0 ? "" : " " + Long.toHexString(sum.getValue());
    }
}
