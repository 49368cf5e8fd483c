package io.edgewise.jobs;

import io.edgewise.InputException;
import io.edgewise.jobs.files.ModelFiles;
import io.edgewise.jobs.files.PromptFiles;
import io.edgewise.jobs.files.PromptSelection;
import io.edgewise.pipeline.PromptBatches;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads a job's prompts into batches. */
final class Prompts {
    private Prompts() {}

    /**
     * @throws InputException where none can be used
     */
    static PromptBatches.Result batches(SparkSession spark, ModelFiles model, PromptSelection selection) {
        PromptBatches maker = new PromptBatches(model.source(spark), selection.prependBos(), selection.batchSize());
        PromptBatches.Result prompts = maker.execute(new PromptFiles(spark).read(selection));
        if (prompts.promptCount() == 0) {
            String files = String.join(", ", selection.uris());
            if (prompts.rejectedCount() == 0) {
                throw new InputException(
                        "No prompts in " + files + " after --skip " + selection.skip() + "; give a file with prompts");
            }
            Row first = prompts.rejected().first();
            throw new InputException("No usable prompt in " + files + ": all " + prompts.rejectedCount()
                    + " are rejected, the first (" + first.getAs("origin") + ") because it " + first.getAs("reason"));
        }
        return prompts;
    }
}
