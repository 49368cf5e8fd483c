package io.edgewise.jobs.score;

import com.sun.management.OperatingSystemMXBean;
import io.edgewise.InputException;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.score.RunsAtOnce;
import io.edgewise.spark.batch.PieceSizes;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.network.util.ByteUnit;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plan by which scoring fits into memory: batches that are too large are run in pieces, and prompts that are too long are set aside.
 *
 * @param runs how many runs of a batch share a pass where there is room for them
 * @param trains whether every edge has a mask of its own, which is trained
 * @param available how many bytes PyTorch has on an executor
 * @param atOnce how many batches an executor scores at the same time
 */
record MemoryPlan(ModelSetup model, int runs, boolean trains, long available, int atOnce) {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryPlan.class);
    private static final double MIB = 1 << 20;

    static MemoryPlan of(SparkSession spark, ModelSetup model, int runs, boolean trains) {
        SparkConf conf = spark.sparkContext().getConf();
        return new MemoryPlan(model, runs, trains, available(spark, conf), batchesAtOnce(spark, conf));
    }

    /**
     * How many tokens the longest prompt has that fits into memory alone, at most as many as the model reads.
     *
     * @throws InputException where none does
     */
    int longest() {
        int fits = 0;
        int doesNot = model.config().positions() + 1;
        while (doesNot - fits > 1) {
            int middle = (fits + doesNot) >>> 1;
            if (needed(1, middle, atOnce) <= available) {
                fits = middle;
            } else {
                doesNot = middle;
            }
        }
        if (fits == 0) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "Scoring a prompt of one token on %d cores at once needs about %,.0f MiB, weights included, and %,.0f MiB are there;"
                            + " give executors more memory, fewer cores, or a smaller model",
                    atOnce,
                    needed(1, 1, atOnce) / MIB,
                    available / MIB));
        }
        return fits;
    }

    /** How many prompts of each length run at once, for batches of at most {@code batchSize} prompts. */
    PieceSizes sizes(PromptBatches.Result prompts, int batchSize) {
        int together = Math.min(atOnce, prompts.batchCount());
        int largest = (int) Math.min(batchSize, prompts.promptCount());
        Map<Integer, Integer> sizes = new HashMap<>();
        for (int length : prompts.lengths()) {
            int most = largest;
            while (most > 1 && needed(most, length, together) > available) {
                most--;
            }
            if (most < largest) {
                LOG.info(
                        "{} prompts of {} tokens don't fit into memory at once: batches are run in pieces of at most {}",
                        largest,
                        length,
                        most);
                sizes.put(length, most);
            }
        }
        return new PieceSizes(sizes);
    }

    private long needed(int prompts, int tokens, int batches) {
        MemoryNeed one = new MemoryNeed(model.config(), model.spec(), prompts, tokens);
        if (trains) {
            return Math.addExact(one.weightBytes(model.type()), Math.multiplyExact(one.maskBytes(), batches));
        }
        int points = RunsAtOnce.of(runs, (long) prompts * tokens, one.sourceBytes());
        MemoryNeed need = new MemoryNeed(model.config(), model.spec(), points * prompts, tokens);
        return Math.addExact(need.weightBytes(model.type()), Math.multiplyExact(need.scoreBytes(), batches));
    }

    /** The memory of this machine less Java's heap, or an executor's memory outside its heap; unlimited where no setting says. */
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
