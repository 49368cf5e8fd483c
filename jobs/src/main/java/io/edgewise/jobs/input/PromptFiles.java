package io.edgewise.jobs.input;

import io.edgewise.InputException;
import io.edgewise.jobs.files.Hadoop;
import io.edgewise.prompt.PromptText;
import io.edgewise.prompt.RawPrompt;
import io.edgewise.spark.CsvText;
import io.edgewise.spark.InRange;
import io.edgewise.spark.LineText;
import io.edgewise.spark.NumberPrompt;
import io.edgewise.spark.RenumberPrompt;
import io.edgewise.spark.RowText;
import io.edgewise.spark.ShuffleKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction;
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
        for (String uri : selection.uris()) {
            String name = new Path(uri).getName();
            files.add(objects(uri).zipWithIndex().map(new NumberPrompt(name)));
        }
        JavaRDD<RawPrompt> prompts = files.get(0);
        for (JavaRDD<RawPrompt> more : files.subList(1, files.size())) {
            prompts = prompts.union(more);
        }
        if (files.size() > 1) {
            prompts = prompts.zipWithIndex().map(new RenumberPrompt());
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

    /** The JSON text of every prompt of a file. */
    private JavaRDD<PromptText> objects(String uri) {
        String path = Hadoop.qualified(uri).toString();
        return switch (PromptFormat.of(uri)) {
            case JSONL -> LineText.of(spark.read().text(path));
            case PARQUET -> parquet(uri, path);
            case CSV -> csv(uri, path);
            case JSON ->
                JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(AutoCircuitJson.prompts(uri));
        };
    }

    /** Reads all rows once, to report a broken table before anything is computed from it. */
    private JavaRDD<PromptText> parquet(String uri, String path) {
        try {
            JavaRDD<PromptText> rows = RowText.of(spark.read().parquet(path));
            rows.foreach(new PassOver());
            return rows;
        } catch (Exception e) {
            throw new InputException(
                    "Could not read " + uri + " as Parquet: " + rootCause(e).getMessage(), e);
        }
    }

    /** Reads the header first: rows that aren't of its columns are told from the others only by a schema. */
    private JavaRDD<PromptText> csv(String uri, String path) {
        DataFrameReader reader = spark.read()
                .option("header", true)
                .option("multiLine", true)
                .option("escape", "\"")
                .option("columnNameOfCorruptRecord", CsvText.BROKEN);
        try {
            StructType header = reader.csv(path).schema();
            if (!Arrays.asList(header.fieldNames()).contains("clean")) {
                throw new InputException("No column clean in the header of " + uri
                        + "; --prompts wants EAP-IG's columns clean, corrupted, correct_idx and incorrect_idx, or"
                        + " AutoCircuit's");
            }
            return CsvText.of(reader.schema(header.add(CsvText.BROKEN, DataTypes.StringType))
                    .csv(path));
        } catch (InputException e) {
            throw e;
        } catch (Exception e) {
            throw new InputException(
                    "Could not read " + uri + " as CSV: " + rootCause(e).getMessage(), e);
        }
    }

    private static Throwable rootCause(Throwable failure) {
        return failure.getCause() == null || failure.getCause() == failure ? failure : rootCause(failure.getCause());
    }

    private record PassOver() implements VoidFunction<PromptText> {
        @Override
        public void call(PromptText text) {}
    }
}
