package io.edgewise.spark.batch;

import io.edgewise.ablation.AblationActivations;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.safetensors.FloatTensor;
import io.edgewise.safetensors.Safetensors;
import io.edgewise.spark.WholeFile;
import io.edgewise.spark.model.ExecutorModels;
import io.edgewise.spark.model.ModelSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A function that writes the ablation activations of each batch: a safetensors file named by the batch's key, with a tensor
 * {@code src_ablations} of shape {@code [source, batch, seq, d_model]}, and one row per source, prompt and position. A file gets its name
 * only when it is complete, so a repeated task changes nothing.
 *
 * @param directory where the files go
 */
public record AblationFiles(ModelSource model, AblationActivations ablation, String directory)
        implements FlatMapFunction<PromptBatch, Row> {
    public static final String TENSOR = "src_ablations";

    private static final StructType SCHEMA = new StructType()
            .add("batch_index", DataTypes.IntegerType, false)
            .add("batch_key", DataTypes.StringType, false)
            .add("prompt_index", DataTypes.IntegerType, false)
            .add("source", DataTypes.StringType, false)
            .add("source_index", DataTypes.IntegerType, false)
            .add("position", DataTypes.IntegerType, false)
            .add("activation", DataTypes.createArrayType(DataTypes.FloatType, false), false);

    /** The columns. */
    public static StructType schema() {
        return SCHEMA;
    }

    @Override
    public Iterator<Row> call(PromptBatch batch) {
        PatchableModel loaded = ExecutorModels.get(model);
        float[] values = ablation.valuesOn(loaded, batch);
        int width = loaded.config().modelWidth();
        List<SourceNode> sources = loaded.graph().sources();
        long[] shape = {sources.size(), batch.size(), batch.length(), width};
        write(batch.key(), new FloatTensor(shape, values));
        List<Row> rows = new ArrayList<>();
        int start = 0;
        for (SourceNode source : sources) {
            for (int prompt = 0; prompt < batch.size(); prompt++) {
                for (int position = 0; position < batch.length(); position++, start += width) {
                    rows.add(RowFactory.create(
                            batch.index(),
                            batch.key(),
                            prompt,
                            source.name(),
                            source.index(),
                            position,
                            Arrays.copyOfRange(values, start, start + width)));
                }
            }
        }
        return rows.iterator();
    }

    private void write(String key, FloatTensor tensor) {
        WholeFile.write(
                new Path(directory, key + ".safetensors"),
                out -> out.write(Safetensors.encode(Map.of(TENSOR, tensor))));
    }
}
