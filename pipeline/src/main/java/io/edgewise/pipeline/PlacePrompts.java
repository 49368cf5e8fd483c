package io.edgewise.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.shiftright;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The job that gives each prompt its batch, and its place there. Blocks are neighbours by index. Prompts of a length are numbered within each block, all
 * blocks and lengths at once, and how many come before the block is added. Only the counts, one for each block and length, go through the
 * driver.
 */
record PlacePrompts(int batchSize) {
    private static final int BITS_OF_BLOCK = 18;
    private static final StructType STARTS = new StructType()
            .add("block", DataTypes.LongType, false)
            .add("length", DataTypes.IntegerType, false)
            .add("before", DataTypes.LongType, false)
            .add("first_batch", DataTypes.IntegerType, false);

    /**
     * How many prompts there are of each length.
     *
     * @param lengths in tokens, from short to long
     * @param starts for each block and length, how many prompts of the length come before the block, and the first batch of the length
     */
    record Counts(List<Integer> lengths, List<Row> starts, int batches, long prompts) {
        Counts {
            lengths = List.copyOf(lengths);
            starts = List.copyOf(starts);
        }
    }

    private static Column block() {
        return shiftright(col("index"), BITS_OF_BLOCK);
    }

    /** Counts prompts, which have {@code index} and {@code length}. */
    Counts count(Dataset<Row> prompts) {
        List<Integer> lengths = new ArrayList<>();
        List<Row> starts = new ArrayList<>();
        long all = 0;
        long ofLength = 0;
        int firstBatch = 0;
        for (Row row : prompts.groupBy(col("length"), block().as("block"))
                .count()
                .orderBy("length", "block")
                .collectAsList()) {
            int length = row.getInt(0);
            if (lengths.isEmpty() || lengths.get(lengths.size() - 1) != length) {
                lengths.add(length);
                firstBatch = Math.addExact(firstBatch, batches(ofLength));
                ofLength = 0;
            }
            starts.add(RowFactory.create(row.getLong(1), length, ofLength, firstBatch));
            ofLength += row.getLong(2);
            all += row.getLong(2);
        }
        return new Counts(lengths, starts, Math.addExact(firstBatch, batches(ofLength)), all);
    }

    private int batches(long prompts) {
        return Math.toIntExact((prompts + batchSize - 1) / batchSize);
    }

    /** The prompts with {@code batch_index} and {@code place}. */
    Dataset<Row> placed(Dataset<Row> prompts, Counts counts) {
        Dataset<Row> starts = prompts.sparkSession().createDataFrame(counts.starts(), STARTS);
        Column inBlock = row_number()
                .over(Window.partitionBy("block", "length").orderBy("index"))
                .minus(1);
        Column inLength = col("before").plus(col("in_block"));
        return prompts.withColumn("block", block())
                .withColumn("in_block", inBlock)
                .join(broadcast(starts), new String[] {"block", "length"}, "inner")
                .withColumn(
                        "batch_index",
                        col("first_batch")
                                .plus(floor(inLength.divide(batchSize)))
                                .cast("int"))
                .withColumn("place", inLength.mod(batchSize).cast("int"))
                .drop("block", "in_block", "before", "first_batch");
    }
}
