package io.edgewise.jobs.input;

import io.edgewise.InputException;
import io.edgewise.jobs.files.Hadoop;
import io.edgewise.prompt.PromptText;
import io.edgewise.prompt.RawPrompt;
import io.edgewise.spark.prompt.BlockText;
import io.edgewise.spark.prompt.CountBlocks;
import io.edgewise.spark.prompt.CsvText;
import io.edgewise.spark.prompt.FileBlock;
import io.edgewise.spark.prompt.InRange;
import io.edgewise.spark.prompt.LineText;
import io.edgewise.spark.prompt.NumberBlocks;
import io.edgewise.spark.prompt.NumberPrompt;
import io.edgewise.spark.prompt.RenumberPrompt;
import io.edgewise.spark.prompt.RowText;
import io.edgewise.spark.prompt.ShiftPrompt;
import io.edgewise.spark.prompt.ShuffleKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A reader of prompt files: AutoCircuit's JSON, JSONL (one object per line), Parquet and CSV (a column for each field). */
public final class PromptFiles {
    private final SparkSession spark;

    public PromptFiles(SparkSession spark) {
        this.spark = spark;
    }

    /** Checks that every file is there, before anything starts. */
    public static void check(PromptSelection selection) {
        for (String uri : selection.uris()) {
            Path path = Hadoop.qualified(uri);
            try {
                if (!Hadoop.fileSystem(path).exists(path)) {
                    throw new InputException("No such prompt file: " + uri
                            + "; --prompts wants AutoCircuit JSON, JSONL, Parquet or CSV");
                }
            } catch (IOException e) {
                throw new InputException("Could not reach " + uri + ": " + e.getMessage(), e);
            }
        }
    }

    /** The selected prompts, in their order. */
    public Dataset<RawPrompt> read(PromptSelection selection) {
        List<JavaRDD<RawPrompt>> files = new ArrayList<>();
        long before = 0;
        for (String uri : selection.uris()) {
            NumberedFile file = file(uri);
            files.add(before == 0 ? file.prompts() : file.prompts().map(new ShiftPrompt(before)));
            before += file.count();
        }
        JavaRDD<RawPrompt> prompts = files.get(0);
        for (JavaRDD<RawPrompt> more : files.subList(1, files.size())) {
            prompts = prompts.union(more);
        }
        if (selection.shuffleSeed() != null) {
            prompts = prompts.sortBy(new ShuffleKey(selection.shuffleSeed()), true, prompts.getNumPartitions())
                    .zipWithIndex()
                    .map(new RenumberPrompt());
        }
        if (selection.skip() > 0 || selection.limit() != null) {
            long end = selection.limit() == null ? Long.MAX_VALUE : selection.skip() + selection.limit();
            prompts = prompts.filter(new InRange(selection.skip(), end));
        }
        return spark.createDataset(prompts.rdd(), Encoders.javaSerialization(RawPrompt.class));
    }

    /**
     * The prompts of a file, or of a directory of files.
     *
     * @param count how many there are
     */
    private record NumberedFile(JavaRDD<RawPrompt> prompts, long count) {}

    private NumberedFile file(String uri) {
        String name = new Path(uri).getName();
        String path = Hadoop.qualified(uri).toString();
        return switch (PromptFormat.of(uri)) {
            case JSONL -> inBlocks(name, LineText.of(spark.read().text(path)));
            case PARQUET ->
                readable(
                        uri,
                        "Parquet",
                        () -> inBlocks(name, RowText.of(spark.read().parquet(path))));
            case CSV -> readable(uri, "CSV", () -> inBlocks(name, csv(uri, path)));
            case JSON -> {
                List<PromptText> prompts = AutoCircuitJson.prompts(uri);
                yield new NumberedFile(
                        JavaSparkContext.fromSparkContext(spark.sparkContext())
                                .parallelize(prompts)
                                .zipWithIndex()
                                .map(new NumberPrompt(name)),
                        prompts.size());
            }
        };
    }

    /** Reads all prompts once, to count those of each block that Spark reads at once. */
    private static NumberedFile inBlocks(String name, JavaRDD<BlockText> prompts) {
        TreeMap<FileBlock, Long> counts = new TreeMap<>();
        prompts.mapPartitionsToPair(new CountBlocks()).collect().forEach(count -> counts.put(count._1(), count._2()));
        HashMap<FileBlock, Long> first = new HashMap<>();
        long all = 0;
        for (Map.Entry<FileBlock, Long> block : counts.entrySet()) {
            first.put(block.getKey(), all);
            all += block.getValue();
        }
        return new NumberedFile(prompts.mapPartitions(new NumberBlocks(name, first)), all);
    }

    /** Reports a broken table before anything is computed from it. */
    private static NumberedFile readable(String uri, String format, Supplier<NumberedFile> file) {
        try {
            return file.get();
        } catch (InputException e) {
            throw e;
        } catch (Exception e) {
            throw new InputException(
                    "Could not read " + uri + " as " + format + ": "
                            + rootCause(e).getMessage(),
                    e);
        }
    }

    /** Reads the header first: rows that aren't of its columns are told from the others only by a schema. */
    private JavaRDD<BlockText> csv(String uri, String path) {
        DataFrameReader reader = spark.read()
                .option("header", true)
                .option("multiLine", true)
                .option("escape", "\"")
                .option("columnNameOfCorruptRecord", CsvText.BROKEN);
        StructType header = reader.csv(path).schema();
        if (!Arrays.asList(header.fieldNames()).contains("clean")) {
            throw new InputException("No column clean in the header of " + uri
                    + "; --prompts wants EAP-IG's columns clean, corrupted, correct_idx and incorrect_idx, or"
                    + " AutoCircuit's");
        }
        return CsvText.of(
                reader.schema(header.add(CsvText.BROKEN, DataTypes.StringType)).csv(path));
    }

    private static Throwable rootCause(Throwable failure) {
        return failure.getCause() == null || failure.getCause() == failure ? failure : rootCause(failure.getCause());
    }
}
