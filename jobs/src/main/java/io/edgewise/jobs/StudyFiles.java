package io.edgewise.jobs;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.jobs.files.Hadoop;
import io.edgewise.jobs.files.Manifest;
import io.edgewise.jobs.report.CurvePoint;
import io.edgewise.jobs.report.Fact;
import io.edgewise.jobs.report.Rejection;
import io.edgewise.jobs.report.ReportEdge;
import io.edgewise.jobs.report.ReportNode;
import io.edgewise.jobs.report.Study;
import io.edgewise.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a score directory and a sweep directory hold, for the report.
 *
 * @param name what the study is called
 */
record StudyFiles(String name, String scoreDirectory, String sweepDirectory) {
    /** The report holds the strongest edges only: more can't be told apart in a picture. */
    private static final int MOST_EDGES = 2000;

    private static final int MOST_REJECTIONS = 100;

    /** Checks that both directories are complete. */
    void check() {
        checkComplete("--scores", scoreDirectory, "score");
        checkComplete("--sweep", sweepDirectory, "sweep");
    }

    private static void checkComplete(String option, String directory, String command) {
        Path success = new Path(Hadoop.qualified(directory), "_SUCCESS");
        try {
            if (!Hadoop.fileSystem(success).exists(success)) {
                throw new InputException(option + " wants a complete directory that " + command + " --out wrote, got "
                        + directory + ", which has no _SUCCESS");
            }
        } catch (IOException e) {
            throw new InputException("Could not reach " + directory + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads the study.
     *
     * @throws InputException where the directories don't hold what they should
     */
    Study read(SparkSession spark) {
        try {
            return study(spark);
        } catch (InputException e) {
            throw e;
        } catch (Exception e) {
            throw new InputException(
                    "Could not read " + scoreDirectory + " and " + sweepDirectory
                            + " as what score --out and sweep --out" + " wrote: " + e.getMessage(),
                    e);
        }
    }

    private Study study(SparkSession spark) {
        JsonNode scored = manifest(scoreDirectory);
        JsonNode swept = manifest(sweepDirectory);
        int edgeCount = scored.path("graph").path("edges").asInt();
        List<CurvePoint> curve = curve(spark);
        Headline headline = headline(curve, edgeCount);
        List<ReportEdge> edges = edges(spark);
        return new Study(
                name,
                headline.toString(),
                Stream.concat(doubts(scored), doubts(swept)).distinct().toList(),
                facts(scored, swept),
                edgeCount,
                headline.chosenEdges(),
                nodes(edges),
                edges,
                curve,
                rejected(spark));
    }

    static Headline headline(List<CurvePoint> curve, int edgeCount) {
        return Headline.of(
                curve.stream()
                        .filter(point -> point.metric().equals("answer_diff_percent"))
                        .map(point -> new Headline.Kept(point.achievedEdges(), point.value()))
                        .toList(),
                edgeCount);
    }

    private List<CurvePoint> curve(SparkSession spark) {
        return spark
                .read()
                .parquet(child(sweepDirectory, "measurements"))
                .orderBy("metric", "achieved_edges", "requested_edges")
                .collectAsList()
                .stream()
                .map(row -> new CurvePoint(
                        row.getAs("patch_type"),
                        row.getAs("ablation_type"),
                        row.getAs("metric"),
                        row.<Integer>getAs("requested_edges"),
                        row.<Integer>getAs("achieved_edges"),
                        row.<Double>getAs("value")))
                .toList();
    }

    private List<ReportEdge> edges(SparkSession spark) {
        return spark
                .read()
                .parquet(child(scoreDirectory, "edges"))
                .filter(col("rank").leq(MOST_EDGES))
                .orderBy("rank")
                .collectAsList()
                .stream()
                .map(StudyFiles::edge)
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
                row.<Integer>getAs("rank"));
    }

    private static List<ReportNode> nodes(List<ReportEdge> edges) {
        Set<String> names = new LinkedHashSet<>();
        edges.forEach(edge -> {
            names.add(edge.source());
            names.add(edge.destination());
        });
        List<Integer> columns = names.stream()
                .map(name -> NodeName.parse(name).column())
                .distinct()
                .sorted()
                .toList();
        return names.stream()
                .map(name -> new ReportNode(
                        name,
                        columns.indexOf(NodeName.parse(name).column()),
                        NodeName.parse(name).kind()))
                .toList();
    }

    private List<Rejection> rejected(SparkSession spark) {
        List<Rejection> rejections = new ArrayList<>();
        for (String directory : List.of(scoreDirectory, sweepDirectory)) {
            spark.read()
                    .parquet(child(directory, "rejected"))
                    .limit(MOST_REJECTIONS)
                    .collectAsList()
                    .forEach(row -> rejections.add(new Rejection(row.getAs("origin"), row.getAs("reason"))));
        }
        return rejections.stream().distinct().toList();
    }

    private static List<Fact> facts(JsonNode scored, JsonNode swept) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Model", scored.path("model").path("directory").asText()));
        facts.add(new Fact(
                "Model fingerprint", scored.path("model").path("fingerprint").asText()));
        JsonNode graph = scored.path("graph");
        facts.add(new Fact(
                "Graph",
                graph.path("sources").asText() + " sources, "
                        + graph.path("destinations").asText() + " destinations, "
                        + graph.path("edges").asText() + " edges"));
        addRun(facts, "Scored", scored);
        addRun(facts, "Measured", swept);
        JsonNode software = swept.path("software");
        facts.add(new Fact(
                "Software",
                "Edgewise " + software.path("edgewise").asText() + ", Spark "
                        + software.path("spark").asText() + ", PyTorch "
                        + software.path("pytorch").asText() + ", Java "
                        + software.path("java").asText()));
        return facts;
    }

    private static Stream<String> doubts(JsonNode manifest) {
        return StreamSupport.stream(manifest.at("/self_check/doubts").spliterator(), false)
                .map(JsonNode::asText);
    }

    private static void addRun(List<Fact> facts, String what, JsonNode manifest) {
        List<String> files = new ArrayList<>();
        manifest.path("prompts").fieldNames().forEachRemaining(files::add);
        JsonNode counts = manifest.path("counts");
        facts.add(new Fact(
                what + " on",
                counts.path("prompts").asText() + " prompts of " + String.join(", ", files) + " in "
                        + counts.path("batches").asText() + " batches, "
                        + counts.path("rejected").asText("0") + " left out"));
        List<String> options = new ArrayList<>();
        manifest.path("options")
                .fields()
                .forEachRemaining(option -> options.add(
                        "--" + option.getKey() + " " + option.getValue().asText()));
        facts.add(new Fact(what + " with", String.join(" ", options)));
        facts.add(new Fact(
                what + " self-check", manifest.at("/self_check/verdict").asText("none")));
        facts.add(new Fact(
                what + " in",
                manifest.path("seconds").asText() + " s, run "
                        + manifest.path("run_id").asText()));
    }

    private static JsonNode manifest(String directory) {
        Path file = new Path(Hadoop.qualified(directory), Manifest.FILE);
        try (InputStream in = Hadoop.fileSystem(file).open(file)) {
            return StrictJson.read(in, Manifest.MOST_BYTES, file.toString());
        } catch (IOException e) {
            throw new InputException("Could not read " + file + ": " + e.getMessage(), e);
        }
    }

    private static String child(String directory, String name) {
        return new Path(Hadoop.qualified(directory), name).toString();
    }
}
