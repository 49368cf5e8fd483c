package io.edgewise.spark.batch;

import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.CircuitRunner;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.spark.model.ExecutorModels;
import io.edgewise.spark.model.ModelSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A function that runs all circuits on each batch and returns their logits: one row per circuit and prompt. {@code prompt_index} is the
 * prompt's place in its batch.
 *
 * @param runner sent to each executor once
 * @param sizes how many prompts run at once
 */
public record OutputBatches(ModelSource model, Broadcast<CircuitRunner> runner, PieceSizes sizes)
        implements FlatMapFunction<PromptBatch, Row> {
    private static final StructType SCHEMA = new StructType()
            .add("requested_edges", DataTypes.IntegerType, false)
            .add("achieved_edges", DataTypes.IntegerType, false)
            .add("batch_key", DataTypes.StringType, false)
            .add("batch_index", DataTypes.IntegerType, false)
            .add("prompt_index", DataTypes.IntegerType, false)
            .add("shape", DataTypes.createArrayType(DataTypes.IntegerType, false), false)
            .add("logits", DataTypes.createArrayType(DataTypes.FloatType, false), false);

    /** The columns. */
    public static StructType schema() {
        return SCHEMA;
    }

    @Override
    public Iterator<Row> call(PromptBatch batch) {
        PatchableModel loaded = ExecutorModels.get(model);
        List<Row> rows = new ArrayList<>();
        List<float[]> outputs = runner.value().logits(loaded, BatchPieces.of(batch, sizes.of(batch.length())));
        int vocabulary = loaded.config().outputVocabulary();
        int positions = loaded.outputSlice().positions(batch.length());
        int[] shape = loaded.outputSlice() == OutputSlice.LAST_SEQ
                ? new int[] {vocabulary}
                : new int[] {positions, vocabulary};
        int size = positions * vocabulary;
        for (int place = 0; place < outputs.size(); place++) {
            Circuit circuit = runner.value().circuits().get(place);
            for (int prompt = 0; prompt < batch.size(); prompt++) {
                int start = prompt * size;
                rows.add(RowFactory.create(
                        circuit.requestedEdges(),
                        circuit.achievedEdges(),
                        batch.key(),
                        batch.index(),
                        prompt,
                        shape,
                        Arrays.copyOfRange(outputs.get(place), start, start + size)));
            }
        }
        return rows.iterator();
    }
}
