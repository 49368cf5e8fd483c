package io.edgewise.jobs.input;

import io.edgewise.InputException;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.pipeline.Batching;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.prompt.PromptNeeds;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** A job's prompts. */
public final class Prompts {
    private Prompts() {}

    /**
     * Checks what can be checked before anything starts.
     *
     * @throws InputException where options don't go together or a file isn't there
     */
    public static void check(ModelSetup model, PromptSelection selection) {
        if (selection.pads() && model.spec().seqLen() != null) {
            throw new InputException(
                    "--pad and --seq-len don't go together: with padding a position means another token in"
                            + " every prompt; leave one out");
        }
        String wholeOutput = selection.pads() ? "--pad" : selection.sharesPrefix() ? "--tail-divergence" : null;
        if (wholeOutput != null && model.slice() != OutputSlice.LAST_SEQ) {
            throw new InputException(
                    wholeOutput + " wants --slice-output last_seq, the one position that every prompt has"
                            + " whatever stands before it");
        }
        PromptFiles.check(selection);
    }

    /**
     * Reads the prompts into batches.
     *
     * @param needs what is read of them
     * @throws InputException where none can be used
     */
    public static PromptBatches.Result batches(
            SparkSession spark, ModelSetup model, PromptSelection selection, PromptNeeds needs) {
        return batches(spark, model, selection, needs, Integer.MAX_VALUE, null);
    }

    /**
     * Reads the prompts into batches.
     *
     * @param needs what is read of them
     * @param longest tokens of the longest prompt that fits into memory
     * @param groupBy the field of a prompt that names its group; null for no groups
     * @throws InputException where none can be used
     */
    public static PromptBatches.Result batches(
            SparkSession spark,
            ModelSetup model,
            PromptSelection selection,
            PromptNeeds needs,
            int longest,
            @Nullable String groupBy) {
        Batching batching = new Batching(selection.batchSize(), selection.pads(), selection.sharesPrefix(), longest);
        PromptBatches maker = new PromptBatches(
                model.source(spark),
                selection.prependBos(),
                selection.sharesPrefix() ? needs.and(PromptNeeds.corrupt("--tail-divergence")) : needs,
                batching,
                selection.part(),
                groupBy,
                selection.counterfactual());
        PromptBatches.Result prompts = maker.execute(new PromptFiles(spark).read(selection));
        if (prompts.promptCount() == 0) {
            String files = String.join(", ", selection.uris());
            if (prompts.rejectedCount() == 0) {
                throw new InputException(
                        "No prompts in " + files + " after --skip " + selection.skip() + "; give a file with prompts");
            }
            Row first = prompts.rejected().first();
            throw new InputException("No usable prompt in " + files + ": all " + prompts.rejectedCount()
                    + " are rejected; the first (" + first.getAs("origin") + "): " + first.getAs("reason"));
        }
        checkRejected(prompts, selection.maxRejected());
        return prompts;
    }

    private static void checkRejected(PromptBatches.Result prompts, double maxRejected) {
        long rejected = prompts.rejectedCount();
        long all = rejected + prompts.promptCount();
        if (rejected > maxRejected * all) {
            Row first = prompts.rejected().first();
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%d of %d prompts can't be used, more than --max-rejected %s%%; the first (%s): %s",
                    rejected,
                    all,
                    new BigDecimal(maxRejected * 100)
                            .round(new MathContext(6))
                            .stripTrailingZeros()
                            .toPlainString(),
                    first.getAs("origin"),
                    first.getAs("reason")));
        }
    }
}
