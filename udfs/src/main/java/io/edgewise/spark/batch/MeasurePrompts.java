package io.edgewise.spark.batch;

import io.edgewise.circuit.PromptMeasurement;
import io.edgewise.circuit.PromptSweep;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.reduce.BatchNotes.Unfit;
import io.edgewise.reduce.BatchVector;
import io.edgewise.spark.model.ExecutorModels;
import io.edgewise.spark.model.ModelSource;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A function that runs and measures all circuits on each batch, prompt by prompt: one row per circuit, metric and prompt. {@code place} is
 * the prompt's place in its batch. Prompts that don't fit into memory even alone have no rows.
 *
 * @param sweep sent to each executor once
 * @param sizes how many prompts run at once
 */
public record MeasurePrompts(ModelSource model, Broadcast<PromptSweep> sweep, PieceSizes sizes)
        implements FlatMapFunction<PromptBatch, Row> {
    private static final StructType SCHEMA = new StructType()
            .add("requested_edges", DataTypes.IntegerType, false)
            .add("achieved_edges", DataTypes.IntegerType, false)
            .add("metric", DataTypes.StringType, false)
            .add("batch_index", DataTypes.IntegerType, false)
            .add("place", DataTypes.IntegerType, false)
            .add("value", DataTypes.DoubleType, false);

    /** The columns. */
    public static StructType schema() {
        return SCHEMA;
    }

    @Override
    public Iterator<Row> call(PromptBatch batch) {
        PatchableModel loaded = ExecutorModels.get(model);
        BatchVector measured = new FittingBatches(sizes, pieces -> sweep.value().measure(loaded, pieces)).run(batch);
        List<Integer> places = IntStream.range(0, batch.size())
                .filter(place -> !measured.notes().unfit().contains(new Unfit(batch.index(), place)))
                .boxed()
                .toList();
        return sweep.value()
                .read(measured)
                .map(measurement -> row(measurement, batch.index(), places.get(measurement.place())))
                .iterator();
    }

    private static Row row(PromptMeasurement measurement, int batch, int place) {
        return RowFactory.create(
                measurement.circuit().requestedEdges(),
                measurement.circuit().achievedEdges(),
                measurement.metric(),
                batch,
                place,
                measurement.value());
    }
}
