package io.edgewise.jobs.report;

import static org.apache.spark.sql.functions.col;

import io.edgewise.jobs.files.Hadoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The answers on the first prompts of a sweep, for as many prompts and sizes as a page can hold. */
record StudyAnswers(SparkSession spark, String sweep) {
    private static final int MOST_PROMPTS = 12;
    private static final int MOST_SIZES = 400;

    /**
     * Reads them.
     *
     * @param chosen a size that is always read
     * @return empty where the sweep has no such table
     */
    List<PromptAnswers> read(int chosen) {
        Path directory = new Path(Hadoop.qualified(sweep), "answers");
        if (!Hadoop.isThere(directory)) {
            return List.of();
        }
        Dataset<Row> table = spark.read().parquet(directory.toString());
        Object[] sizes = sizes(table, chosen).toArray();
        List<Long> prompts = table
                .select(col("prompt").cast("long"))
                .distinct()
                .orderBy("prompt")
                .limit(MOST_PROMPTS)
                .collectAsList()
                .stream()
                .map(row -> row.getLong(0))
                .toList();
        Map<Long, List<Row>> rows = table
                .withColumn("prompt", col("prompt").cast("long"))
                .filter(col("prompt")
                        .isin(prompts.toArray())
                        .and(col("achieved_edges").isin(sizes)))
                .orderBy("prompt", "achieved_edges", "requested_edges")
                .collectAsList()
                .stream()
                .collect(Collectors.groupingBy(row -> row.<Long>getAs("prompt"), TreeMap::new, Collectors.toList()));
        return rows.values().stream().map(StudyAnswers::prompt).toList();
    }

    /** All sizes, or, where there are too many, some that lie evenly on a logarithmic scale. */
    private static TreeSet<Integer> sizes(Dataset<Row> table, int chosen) {
        TreeSet<Integer> all = table.select("achieved_edges").distinct().collectAsList().stream()
                .map(row -> row.getInt(0))
                .collect(Collectors.toCollection(TreeSet::new));
        if (all.size() <= MOST_SIZES) {
            return all;
        }
        TreeSet<Integer> some = new TreeSet<>();
        if (all.contains(chosen)) {
            some.add(chosen);
        }
        double length = Math.log1p(all.last());
        for (int step = 0; step < MOST_SIZES; step++) {
            Integer size = all.ceiling((int) Math.floor(Math.expm1(length * step / MOST_SIZES)));
            some.add(size == null ? all.last() : size);
        }
        return some;
    }

    private static PromptAnswers prompt(List<Row> rows) {
        Row first = rows.get(0);
        int all = Integer.MAX_VALUE;
        return new PromptAnswers(
                first.getAs("clean"),
                first.getAs("corrupt"),
                texts(first, "answers"),
                texts(first, "wrong_answers"),
                answer(first, all, "full_"),
                new ArrayList<>(rows.stream()
                        .collect(Collectors.toMap(
                                row -> row.<Integer>getAs("achieved_edges"),
                                row -> answer(row, row.<Integer>getAs("achieved_edges"), ""),
                                (one, other) -> one,
                                TreeMap::new))
                        .values()));
    }

    private static List<String> texts(Row row, String column) {
        int place = row.fieldIndex(column);
        return row.isNullAt(place) ? List.of() : row.getList(place);
    }

    private static CircuitAnswer answer(Row row, int edges, String prefix) {
        @Nullable Double difference = row.getAs(prefix + "answer_diff");
        return new CircuitAnswer(
                edges,
                row.getAs(prefix + "token"),
                row.<Double>getAs(prefix + "token_prob").floatValue(),
                difference == null || !Double.isFinite(difference) ? null : Float.valueOf(difference.floatValue()));
    }
}
