package io.edgewise.jobs;

import com.sun.management.OperatingSystemMXBean;
import io.edgewise.InputException;
import io.edgewise.jobs.files.ModelSetup;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.score.MaskGradient;
import io.edgewise.score.MaskValue;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.network.util.ByteUnit;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.SparkSession;

/** Refuses, before anything is scored, batches that can't fit where they would be scored. */
final class MemoryCheck {
    private static final double MIB = 1 << 20;

    private MemoryCheck() {}

    /**
     * @param fullBatch prompt pairs in a full batch
     * @throws InputException where the batches need more native memory than an executor has
     */
    static void check(
            SparkSession spark, ModelSetup model, int fullBatch, MaskValue maskValue, PromptBatches.Result prompts) {
        SparkConf conf = spark.sparkContext().getConf();
        long available = available(spark, conf);
        int atOnce = Math.min(batchesAtOnce(spark, conf), prompts.batchCount());
        int batchSize = (int) Math.min(fullBatch, prompts.promptCount());
        int longest = prompts.longest();
        long needed = needed(model, maskValue, batchSize, longest, atOnce);
        if (needed <= available) {
            return;
        }
        int fits = batchSize - 1;
        int full = batchesAtOnce(spark, conf);
        while (fits > 0 && needed(model, maskValue, fits, longest, full) > available) {
            fits--;
        }
        throw new InputException(String.format(
                Locale.ROOT,
                "Scoring %d batches of %d x %d tokens at once needs about %,.0f MiB, weights included, and %,.0f MiB are there; %s",
                atOnce,
                batchSize,
                longest,
                needed / MIB,
                available / MIB,
                fits > 0
                        ? "--batch-size " + fits + " would fit"
                        : "no batch size fits: give executors more memory, fewer cores, or a smaller model"));
    }

    private static long needed(ModelSetup model, MaskValue maskValue, int batchSize, int tokens, int atOnce) {
        MemoryNeed one = new MemoryNeed(model.config(), model.spec(), batchSize, tokens);
        int points = MaskGradient.pointsAtOnce(maskValue, (long) batchSize * tokens, one.sourceBytes());
        MemoryNeed need = new MemoryNeed(model.config(), model.spec(), points * batchSize, tokens);
        return Math.addExact(need.weightBytes(model.type()), Math.multiplyExact(need.scoreBytes(), atOnce));
    }

    /** Of this machine less Java's heap, or what an executor was given beside its heap; without limit where that isn't said. */
    private static long available(SparkSession spark, SparkConf conf) {
        if (conf.contains("spark.executor.memoryOverhead")) {
            return JavaUtils.byteStringAs(conf.get("spark.executor.memoryOverhead"), ByteUnit.MiB) << 20;
        }
        if (!spark.sparkContext().isLocal()) {
            return Long.MAX_VALUE;
        }
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return machine.getTotalMemorySize() - Runtime.getRuntime().totalMemory();
    }

    private static int batchesAtOnce(SparkSession spark, SparkConf conf) {
        int cores = spark.sparkContext().isLocal()
                ? spark.sparkContext().defaultParallelism()
                : Integer.parseInt(conf.get("spark.executor.cores", "1"));
        return Math.max(1, cores / Integer.parseInt(conf.get("spark.task.cpus", "1")));
    }
}
