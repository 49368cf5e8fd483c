package io.edgewise.jobs.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import io.edgewise.jobs.figure.NodeName;
import io.edgewise.jobs.files.Hadoop;
import io.edgewise.jobs.results.CircuitStability;
import io.edgewise.jobs.results.Measured;
import io.edgewise.jobs.results.TrainingTable;
import io.edgewise.jobs.sweep.MinimisedCircuit;
import io.edgewise.uncertainty.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a study, for the report.
 *
 * @param scores a directory of {@code score --out}
 * @param sweep a directory of {@code sweep --out}
 */
record StudyTables(SparkSession spark, String scores, String sweep) {
    /** The most edges in the report, which holds the strongest: more can't be told apart in a picture. */
    static final int MOST_EDGES = 2000;

    private static final int MOST_REJECTIONS = 100;

    /** The measurements, by metric and size. */
    List<CurvePoint> curve() {
        return table(sweep, "measurements")
                .orderBy("metric", "achieved_edges", "requested_edges")
                .collectAsList()
                .stream()
                .map(row -> new CurvePoint(
                        row.getAs("patch_type"),
                        row.getAs("ablation_type"),
                        row.getAs("metric"),
                        row.<Integer>getAs("requested_edges"),
                        row.<Integer>getAs("achieved_edges"),
                        row.<Double>getAs("value"),
                        interval(row.getAs("low"), row.getAs("high"))))
                .toList();
    }

    /** The measurements of random circuits, by metric and size; none where none were run. */
    List<ControlPoint> controls() {
        if (!Hadoop.isThere(new Path(Hadoop.qualified(sweep), "controls"))) {
            return List.of();
        }
        return table(sweep, "controls").orderBy("metric", "kind", "achieved_edges").collectAsList().stream()
                .map(row -> new ControlPoint(
                        row.getAs("kind"),
                        row.getAs("metric"),
                        row.<Integer>getAs("achieved_edges"),
                        number(row.getAs("mean")),
                        interval(row.getAs("low"), row.getAs("high")),
                        number(row.getAs("share_as_good")),
                        row.<Integer>getAs("controls")))
                .toList();
    }

    private static double number(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    private static Interval interval(@Nullable Double low, @Nullable Double high) {
        return new Interval(number(low), number(high));
    }

    /** The strongest edges, by rank. */
    List<ReportEdge> edges() {
        return edges(table(scores, "edges").orderBy("rank"));
    }

    /**
     * The edges that come first, where circuits are not the edges of the highest absolute scores: those of the minimised circuit, of one circuit,
     * the others by the size of the smallest circuit that has them, and by rank.
     *
     * @param ranking what these circuits' edges are ranked by
     * @param size of the circuit whose edges come first
     */
    List<ReportEdge> edges(String ranking, int size) {
        Dataset<Row> entries = table(sweep, "circuits")
                .filter(col("ranking").equalTo(ranking))
                .groupBy("rank")
                .agg(
                        max(col("achieved_edges").equalTo(size)).as("is_first"),
                        min("requested_edges").as("entry"));
        Dataset<Row> placed = table(scores, "edges").join(entries, new String[] {"rank"}, "left");
        Column[] order = {col("is_first").desc_nulls_last(), col("entry").asc_nulls_last(), col("rank")};
        if (!hasMinimised()) {
            return edges(placed.orderBy(order));
        }
        Dataset<Row> left = table(sweep, MinimisedCircuit.TABLE)
                .select(col("rank"), lit(true).as("is_left"));
        return edges(placed.join(left, new String[] {"rank"}, "left")
                .orderBy(Stream.concat(Stream.of(col("is_left").desc_nulls_last()), Stream.of(order))
                        .toArray(Column[]::new)));
    }

    /** Whether edges were removed from a circuit. */
    boolean hasMinimised() {
        return Hadoop.isThere(new Path(Hadoop.qualified(sweep), MinimisedCircuit.TABLE));
    }

    private static List<ReportEdge> edges(Dataset<Row> ordered) {
        return ordered.limit(MOST_EDGES).collectAsList().stream()
                .map(StudyTables::edge)
                .toList();
    }

    private static ReportEdge edge(Row row) {
        NodeName destination = NodeName.parse(row.getAs("destination"));
        return new ReportEdge(
                row.getAs("source"),
                destination.node(),
                destination.input(),
                row.getAs("position"),
                row.<Double>getAs("score"),
                Arrays.asList(row.schema().fieldNames()).contains("low")
                        ? interval(row.getAs("low"), row.getAs("high"))
                        : Interval.UNKNOWN,
                row.<Integer>getAs("rank"));
    }

    /** How much of a circuit of about this size other prompts would find again; empty where that wasn't asked for. */
    Optional<CircuitStability> stability(int edges) {
        if (!Hadoop.isThere(new Path(Hadoop.qualified(scores), "stability"))) {
            return Optional.empty();
        }
        List<CircuitStability> sizes = table(scores, "stability").collectAsList().stream()
                .map(row -> new CircuitStability(row.<Integer>getAs("requested_edges"), measured(row, "mean_jaccard")))
                .toList();
        return CircuitStability.nearest(sizes, edges);
    }

    /** How masks were trained; empty where none were. */
    List<TrainingTable.Curve> training() {
        return Hadoop.isThere(new Path(Hadoop.qualified(scores), "training"))
                ? TrainingTable.curves(table(scores, "training"))
                : List.of();
    }

    /** The areas under the curves, by metric. */
    Map<String, Measured> areas() {
        return table(sweep, "areas").collectAsList().stream()
                .collect(Collectors.toMap(row -> row.getAs("metric"), row -> measured(row, "area")));
    }

    private static Measured measured(Row row, String value) {
        return new Measured(number(row.getAs(value)), interval(row.getAs("low"), row.getAs("high")));
    }

    /** All nodes of the graph, by column. */
    List<ReportNode> nodes() {
        Map<String, EdgeSum> writes = sums("source");
        Map<String, EdgeSum> reads = sums("destination");
        List<NodeName> names = Stream.concat(writes.keySet().stream(), reads.keySet().stream())
                .distinct()
                .map(NodeName::parse)
                .sorted(Comparator.comparingInt(NodeName::column).thenComparing(NodeName::node))
                .toList();
        List<Integer> columns = names.stream().map(NodeName::column).distinct().toList();
        return names.stream()
                .map(name -> new ReportNode(
                        name.node(),
                        columns.indexOf(name.column()),
                        name.kind(),
                        reads.getOrDefault(name.node(), EdgeSum.NONE),
                        writes.getOrDefault(name.node(), EdgeSum.NONE)))
                .toList();
    }

    /** The edges that begin or end in each node, summed on the executors, since a large graph has millions. */
    private Map<String, EdgeSum> sums(String end) {
        return table(scores, "edges").groupBy(end).agg(count(lit(1)), sum("score")).collectAsList().stream()
                .collect(Collectors.toMap(
                        row -> NodeName.parse(row.getString(0)).node(),
                        row -> new EdgeSum(row.getLong(1), row.getDouble(2)),
                        EdgeSum::plus));
    }

    /** The prompts that were left out, each once. */
    List<Rejection> rejected() {
        List<Rejection> rejections = new ArrayList<>();
        for (String directory : List.of(scores, sweep)) {
            table(directory, "rejected")
                    .limit(MOST_REJECTIONS)
                    .collectAsList()
                    .forEach(row -> rejections.add(new Rejection(row.getAs("origin"), row.getAs("reason"))));
        }
        return rejections.stream().distinct().toList();
    }

    private Dataset<Row> table(String directory, String name) {
        return spark.read().parquet(new Path(Hadoop.qualified(directory), name).toString());
    }
}
