package io.edgewise.jobs;

import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.ablation.DatasetMean;
import io.edgewise.jobs.files.Manifest;
import io.edgewise.jobs.files.MeanTable;
import io.edgewise.jobs.files.ModelSetup;
import io.edgewise.jobs.files.OutputDirectory;
import io.edgewise.jobs.files.PromptSelection;
import io.edgewise.jobs.files.RunFiles;
import io.edgewise.pipeline.AblateBatches;
import io.edgewise.pipeline.MeanAblation;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.prompt.AnswerKind;
import io.edgewise.safetensors.FloatTensor;
import io.edgewise.safetensors.Safetensors;
import io.edgewise.spark.AblationFiles;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Writes ablation activations: {@code activations/} (Parquet), and safetensors, of a mean over the data set {@code
 * src_ablations.safetensors}, else a file a batch in {@code batches/}, named by the batch's key.
 */
record AblationsJob(ModelSetup model, PromptSelection selection, Ablation ablation) {

    void run(SparkSession spark, OutputDirectory out) {
        Manifest manifest = new Manifest("ablations", options(), model, selection);
        try (PromptBatches.Result prompts = Prompts.batches(spark, model, selection, AnswerKind.UNUSED)) {
            manifest.counts(prompts);
            AblationActivations activations =
                    new MeanAblation(model.graph(), model.config().modelWidth(), ablation).execute(prompts);
            Dataset<Row> rows = activations.mean() == null
                    ? new AblateBatches(activations, out.child("batches")).execute(prompts)
                    : mean(spark, activations.mean(), out);
            RunFiles files = new RunFiles(manifest, out);
            files.table("activations", rows);
            files.complete(prompts);
        }
    }

    private Dataset<Row> mean(SparkSession spark, DatasetMean mean, OutputDirectory out) {
        long[] shape = {mean.sources(), mean.positions(), mean.width()};
        out.write(
                AblationFiles.TENSOR + ".safetensors",
                Safetensors.encode(Map.of(AblationFiles.TENSOR, new FloatTensor(shape, mean.values()))));
        return MeanTable.of(spark, model.graph(), mean);
    }

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("ablation-type", ablation.type().name());
        if (ablation.side() != null) {
            options.put("clean-corrupt", ablation.side().name().toLowerCase(Locale.ROOT));
        }
        return options;
    }
}
