package io.edgewise.jobs.ablations;

import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.ablation.DatasetMean;
import io.edgewise.jobs.files.OutputDirectory;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.input.PromptSelection;
import io.edgewise.jobs.input.Prompts;
import io.edgewise.jobs.results.Manifest;
import io.edgewise.jobs.results.MeanTable;
import io.edgewise.jobs.run.JobRun;
import io.edgewise.pipeline.AblateBatches;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.safetensors.FloatTensor;
import io.edgewise.safetensors.Safetensors;
import io.edgewise.spark.batch.AblationFiles;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The job that writes ablation activations: {@code activations/} (Parquet), and safetensors. A mean over the data set goes to
 * {@code src_ablations.safetensors}; other types have one file per batch in {@code batches/}, named by the batch's key.
 */
public record AblationsJob(ModelSetup model, PromptSelection selection, Ablation ablation) {

    public Manifest manifest() {
        return new Manifest("ablations", options(), model, selection);
    }

    /** Computes and writes the activations. */
    public AblationActivations run(JobRun run) {
        try (PromptBatches.Result prompts = Prompts.batches(run.spark(), model, selection, ablation.needs())) {
            run.counts(prompts);
            AblationActivations activations = run.ablation(model, ablation, prompts);
            Dataset<Row> rows = activations.mean() == null
                    ? new AblateBatches(activations, run.out().child("batches")).execute(prompts)
                    : mean(run.spark(), activations.mean(), run.out());
            run.table("activations", rows);
            run.complete(prompts);
            return activations;
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
