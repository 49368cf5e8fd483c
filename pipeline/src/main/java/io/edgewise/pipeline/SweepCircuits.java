package io.edgewise.pipeline;

import io.edgewise.circuit.CircuitSweep;
import io.edgewise.circuit.ControlMeasurement;
import io.edgewise.circuit.Measurement;
import io.edgewise.circuit.ShownAnswer;
import io.edgewise.reduce.BatchSum;
import io.edgewise.spark.batch.SweepBatches;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The job that runs and measures circuits of several sizes on every batch, and sums the measurements.
 *
 * @param work the job's name, and where finished batches are kept
 */
public record SweepCircuits(CircuitSweep sweep, BatchWork work) {

    /**
     * The results of a sweep.
     *
     * @param controls the measurements of random circuits
     * @param answers the answers on the first prompts
     */
    public record Result(List<Measurement> measurements, List<ControlMeasurement> controls, List<ShownAnswer> answers) {
        public Result {
            measurements = List.copyOf(measurements);
            controls = List.copyOf(controls);
            answers = List.copyOf(answers);
        }
    }

    public Result execute(PromptBatches.Result prompts) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(
                prompts.batches().sparkSession().sparkContext());
        Broadcast<CircuitSweep> shared = context.broadcast(sweep);
        try {
            SweepBatches measure = new SweepBatches(prompts.model(), shared);
            BatchSum sum = work.sum(prompts, sweep.sumCount(), measure);
            return new Result(
                    sweep.finish(sum.values(), sum.prompts()),
                    sweep.finishControls(sum.values(), sum.prompts()),
                    sweep.answers(sum.values()));
        } finally {
            shared.destroy();
        }
    }
}
