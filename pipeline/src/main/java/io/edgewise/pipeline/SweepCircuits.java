package io.edgewise.pipeline;

import io.edgewise.circuit.CircuitSweep;
import io.edgewise.circuit.Measurement;
import io.edgewise.reduce.BatchSum;
import io.edgewise.reduce.BatchVector;
import io.edgewise.reduce.Slices;
import io.edgewise.spark.SweepBatches;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;

/**
 * Runs and measures circuits of several sizes on every batch, and sums the measurements.
 *
 * @param done counts batches for the progress bar
 */
public record SweepCircuits(CircuitSweep sweep, LongAccumulator done) {

    public List<Measurement> execute(PromptBatches.Result prompts) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(
                prompts.batches().sparkSession().sparkContext());
        Broadcast<CircuitSweep> shared = context.broadcast(sweep);
        try {
            JavaRDD<BatchVector> measured =
                    prompts.batches().toJavaRDD().mapPartitions(new SweepBatches(prompts.model(), shared, done));
            Slices slices = Slices.of(sweep.sumCount());
            BatchSum sum = new SumOverBatches(slices, prompts.batchCount()).execute(measured);
            return sweep.finish(sum.values(), sum.prompts());
        } finally {
            shared.destroy();
        }
    }
}
