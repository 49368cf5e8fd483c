package io.edgewise.pipeline;

import io.edgewise.circuit.CircuitSweep;
import io.edgewise.circuit.Measurement;
import io.edgewise.reduce.BatchTotal;
import io.edgewise.reduce.BatchVector;
import io.edgewise.spark.SweepBatches;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
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
            Dataset<BatchVector> sums = prompts.batches()
                    .mapPartitions(
                            new SweepBatches(prompts.model(), shared, done),
                            Encoders.javaSerialization(BatchVector.class));
            BatchTotal total = SumOverBatches.of(sums, prompts.batchCount());
            return sweep.finish(total.finish(), total.prompts());
        } finally {
            shared.destroy();
        }
    }
}
