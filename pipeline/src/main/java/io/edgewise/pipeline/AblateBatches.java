package io.edgewise.pipeline;

import io.edgewise.ablation.AblationActivations;
import io.edgewise.spark.batch.AblationFiles;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * AutoCircuit's {@code batch_src_ablations}: the ablation activations of every batch, as files and as rows. They stay on
 * the executors.
 *
 * @param directory where the files go
 */
public record AblateBatches(AblationActivations ablation, String directory) {

    /** The rows; the files are written when the rows are computed. */
    public Dataset<Row> execute(PromptBatches.Result prompts) {
        return prompts.batches()
                .flatMap(new AblationFiles(prompts.model(), ablation, directory), Encoders.row(AblationFiles.schema()));
    }
}
