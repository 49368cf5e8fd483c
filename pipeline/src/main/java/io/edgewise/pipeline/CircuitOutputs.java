package io.edgewise.pipeline;

import io.edgewise.circuit.CircuitRunner;
import io.edgewise.spark.batch.OutputBatches;
import io.edgewise.spark.batch.PieceSizes;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** AutoCircuit's {@code CircuitOutputs}: the logits of every circuit on every prompt. They stay on the executors. */
public record CircuitOutputs(CircuitRunner runner, PieceSizes sizes) {

    public Dataset<Row> execute(PromptBatches.Result prompts) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(
                prompts.batches().sparkSession().sparkContext());
        Broadcast<CircuitRunner> shared = context.broadcast(runner);
        return prompts.batches()
                .flatMap(new OutputBatches(prompts.model(), shared, sizes), Encoders.row(OutputBatches.schema()));
    }
}
