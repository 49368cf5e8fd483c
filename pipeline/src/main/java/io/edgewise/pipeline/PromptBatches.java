package io.edgewise.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.edgewise.InputException;
import io.edgewise.prompt.BosRule;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptNeeds;
import io.edgewise.prompt.RawPrompt;
import io.edgewise.reduce.BatchNotes.Unfit;
import io.edgewise.spark.model.ModelSource;
import io.edgewise.spark.prompt.MakeBatch;
import io.edgewise.spark.prompt.ParsedRows;
import io.edgewise.spark.prompt.TokenizePrompts;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The job that makes batches of prompts. Prompts keep their order. Batch i of a length is prompts {@code [i*B, (i+1)*B)} of that length,
 * and lengths follow one another from short to long; with padding, batch i is prompts {@code [i*B, (i+1)*B)} of all. So a batch and its
 * index depend only on the prompts, never on the cluster.
 *
 * @param needs what is read of prompts
 * @param part which of the usable prompts; null for all
 * @param groupBy the field of a prompt that names its group; null for no groups
 * @param counterfactual the field of the corrupt prompt in data sets of the MIB benchmark; null for the one that it uses itself
 */
public record PromptBatches(
        ModelSource model,
        BosRule bosRule,
        PromptNeeds needs,
        Batching batching,
        @Nullable PromptPart part,
        @Nullable String groupBy,
        @Nullable String counterfactual) {

    /**
     * The batches, and what is known of them.
     *
     * @param batches all batches, neighbours by index in one partition, in their order
     * @param placed every usable prompt, with the index of its batch and its place in it
     * @param parsed every prompt of the input, parsed, persisted by Spark until closed
     * @param model the model that runs the batches, with the prefix that the batches don't hold
     * @param batchCount how many batches there are
     * @param promptCount how many prompt pairs they hold
     * @param lengths in tokens that batches have, without the prefix, from short to long
     * @param rejectedCount how many prompts can't be used
     */
    public record Result(
            Dataset<PromptBatch> batches,
            Dataset<Row> placed,
            Dataset<Row> parsed,
            ModelSource model,
            int batchCount,
            long promptCount,
            List<Integer> lengths,
            long rejectedCount)
            implements AutoCloseable {
        private static final StructType PLACES = new StructType()
                .add("batch_index", DataTypes.IntegerType, false)
                .add("place", DataTypes.IntegerType, false);

        /** {@code (index, origin, reason, json)} of every prompt that can't be used, in order. */
        public Dataset<Row> rejected() {
            return parsed.filter(col("reason").isNotNull())
                    .select("index", "origin", "reason", "json")
                    .orderBy("index");
        }

        /** {@code (index, origin, key)} of every prompt in batches, in order. */
        public Dataset<Row> keys() {
            return placed.select(col("index"), col("origin"), PromptKey.of().as(PromptKey.NAME))
                    .orderBy("index");
        }

        /** How many prompts in batches are among the others, by their keys. */
        public long among(Dataset<Row> others) {
            return keys().join(others.select(PromptKey.NAME).distinct(), PromptKey.NAME)
                    .count();
        }

        /** Tokens of the longest prompts, without the prefix. */
        public int longest() {
            return lengths.isEmpty() ? 0 : lengths.get(lengths.size() - 1);
        }

        /** {@code (index, origin)} of prompts in batches. */
        public Dataset<Row> at(List<Unfit> prompts) {
            List<Row> rows = prompts.stream()
                    .map(prompt -> RowFactory.create(prompt.batch(), prompt.place()))
                    .toList();
            Dataset<Row> places = placed.sparkSession().createDataFrame(rows, PLACES);
            return placed.join(broadcast(places), PLACES.fieldNames(), "left_semi")
                    .select("index", "origin");
        }

        /** The group of each prompt of each batch. */
        public PromptGroups groups() {
            return PromptGroups.of(placed.select("batch_index", "place", "group"));
        }

        @Override
        public void close() {
            parsed.unpersist();
        }
    }

    /**
     * Parses and batches.
     *
     * @throws InputException where usable prompts can't be run together as they must
     */
    public Result execute(Dataset<RawPrompt> prompts) {
        Dataset<Row> parsed = prompts.mapPartitions(
                        new TokenizePrompts(model, bosRule, needs, groupBy, counterfactual),
                        Encoders.row(ParsedRows.schema()))
                .withColumn("reason", coalesce(col("reason"), tooLong()))
                .persist();
        Dataset<Row> whole = parsed.filter(col("reason").isNull());
        Dataset<Row> usable = part == null ? whole : whole.filter(part.holds());
        List<Integer> prefix = batching.sharesPrefix() ? SharedPrefix.of(usable) : List.of();
        Dataset<Row> tails = usable.withColumn("length", col("length").minus(prefix.size()));
        Dataset<Row> together = batching.pads() ? padded(tails) : tails;
        PlacePrompts places = new PlacePrompts(batching.batchSize());
        PlacePrompts.Counts counts = places.count(together);
        counts.lengths().forEach(this::checkPositions);
        Dataset<Row> placed = places.placed(together, counts);
        return new Result(
                batches(placed, counts.batches(), prefix.size()),
                placed,
                parsed,
                model.withPrefix(prefix),
                counts.batches(),
                counts.prompts(),
                counts.lengths(),
                parsed.filter(col("reason").isNotNull()).count());
    }

    /** Gives every prompt the length of the longest; not as a constant, of which Spark makes one partition. */
    static Dataset<Row> padded(Dataset<Row> usable) {
        Row longest = usable.agg(max("length")).first();
        return longest.isNullAt(0)
                ? usable
                : usable.withColumn("length", greatest(col("length"), lit(longest.getInt(0))));
    }

    /** Checks that all prompts have the edges' positions, where edges have positions. */
    private void checkPositions(int length) {
        Integer seqLen = model.graph().seqLen();
        if (seqLen != null && seqLen != length) {
            throw new InputException("--seq-len " + seqLen + " wants prompts of " + seqLen + " tokens"
                    + (batching.sharesPrefix() ? " after the shared prefix" : "") + ", got some of " + length
                    + "; give prompts of one length, and that length");
        }
    }

    /** The reason why a prompt can't be run at all; null where it can. */
    private Column tooLong() {
        return when(
                col("length").gt(batching.longest()),
                concat(
                        lit("has "),
                        col("length"),
                        lit(" tokens; alone it would need more memory than there is, which is enough for "
                                + batching.longest())));
    }

    static Dataset<PromptBatch> batches(Dataset<Row> placed, int batchCount, int prefix) {
        return placed.repartitionByRange(partitions(placed, batchCount), col("batch_index"))
                .groupBy("batch_index")
                .agg(
                        first("length").as("length"),
                        sort_array(collect_list(
                                        struct("index", "clean", "corrupt", "answers", "wrong_answers", "targets")))
                                .as("prompts"))
                .sortWithinPartitions("batch_index")
                .map(new MakeBatch(prefix), Encoders.javaSerialization(PromptBatch.class));
    }

    /** How many partitions: several tasks per core, so that cores don't wait for the slowest task, but never more than batches. */
    private static int partitions(Dataset<Row> usable, int batchCount) {
        int cores = usable.sparkSession().sparkContext().defaultParallelism();
        return Math.max(1, Math.min(batchCount, 4 * cores));
    }
}
