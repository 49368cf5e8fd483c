package io.edgewise.jobs.report;

import io.edgewise.jobs.figure.CircuitFigure;
import io.edgewise.jobs.figure.DrawnEdge;
import io.edgewise.jobs.figure.DrawnNode;
import io.edgewise.uncertainty.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A study of a graph of GPT-2 small's size, with made-up scores of very different sizes. */
final class LargeStudy {
    private static final int BLOCKS = 12;
    private static final int HEADS = 12;
    private static final int MOST_EDGES = 2000;
    private static final Comparator<ReportEdge> STRONGEST = Comparator.comparingDouble(
                    (ReportEdge edge) -> Math.abs(edge.score()))
            .reversed();
    private static final List<String> INPUTS = List.of("Q", "K", "V");
    private static final List<Integer> SIZES =
            List.of(0, 1, 2, 5, 10, 20, 50, 100, 150, 200, 300, 400, 700, 1000, 1500, 2000, 4000, 8000, 16000, 32491);

    private final Random random = new Random(7);
    private final List<Node> nodes = nodes();
    private final List<ReportEdge> edges;

    private LargeStudy() {
        edges = ranked();
    }

    /** The data of a page that shows it. */
    static ReportData report(int chosenEdges) {
        return report(chosenEdges, TrainedMasks.NONE);
    }

    /** The data of a page that shows it, with scores of masks that were trained. */
    static ReportData report(int chosenEdges, TrainedMasks training) {
        return new ReportData(
                "Edgewise report", "0.1.0", List.of(new LargeStudy().study("ioi", chosenEdges, training)));
    }

    /** Two studies of one graph, whose circuits share most of their edges. */
    static Comparison comparison(int chosenEdges) {
        LargeStudy made = new LargeStudy();
        Study one = made.study("ioi", chosenEdges, TrainedMasks.NONE);
        List<ReportEdge> edges = one.edges();
        List<ReportEdge> others = edges.stream()
                .map(edge -> new ReportEdge(
                        edge.source(),
                        edge.destination(),
                        edge.input(),
                        null,
                        edge.score() * (1 + edge.rank() % 3),
                        Interval.UNKNOWN,
                        edge.rank()))
                .sorted(STRONGEST)
                .toList();
        EdgePair[] pairs = new EdgePair[edges.size()];
        for (int rank = 1; rank <= pairs.length; rank++) {
            ReportEdge other = others.get(rank - 1);
            pairs[other.rank() - 1] = new EdgePair(
                    other.source(),
                    other.destination(),
                    other.input(),
                    null,
                    List.of(edges.get(other.rank() - 1).score(), other.score()),
                    List.of(other.rank(), rank));
        }
        return new Comparison(
                "ioi and greaterthan",
                "0.1.0",
                List.of(
                        ComparedSide.of(one),
                        ComparedSide.of(made.study("greaterthan", chosenEdges, TrainedMasks.NONE))),
                one.nodes(),
                List.of(),
                List.of(pairs),
                0.5);
    }

    /** The strongest edges as a figure. */
    static CircuitFigure figure(int edges) {
        LargeStudy made = new LargeStudy();
        Map<String, Integer> layers = made.nodes.stream().collect(Collectors.toMap(Node::name, Node::column));
        return new CircuitFigure(
                edges + " of 32,491 edges",
                made.edges.subList(0, edges).stream()
                        .map(edge -> new DrawnEdge(
                                new DrawnNode(edge.source(), layers.get(edge.source())),
                                new DrawnNode(edge.destination(), layers.get(edge.destination())),
                                null,
                                edge.score()))
                        .toList(),
                List.of(),
                0);
    }

    private record Node(String name, int column, String kind, double weight) {
        Stream<String> inputs() {
            return kind.equals("head") ? INPUTS.stream() : Stream.of("");
        }
    }

    /** A few heads and MLPs matter much, and most hardly. */
    private List<Node> nodes() {
        List<Node> made = new ArrayList<>();
        made.add(new Node("Resid Start", 0, "resid", 3));
        for (int block = 0; block < BLOCKS; block++) {
            for (int head = 0; head < HEADS; head++) {
                made.add(new Node("A" + block + "." + head, 2 * block + 1, "head", weight()));
            }
            made.add(new Node("MLP " + block, 2 * block + 2, "mlp", 3 * weight()));
        }
        made.add(new Node("Resid End", 2 * BLOCKS + 1, "resid", 3));
        return made;
    }

    private double weight() {
        return Math.exp(0.9 * random.nextGaussian());
    }

    private List<ReportEdge> ranked() {
        List<ReportEdge> all = new ArrayList<>();
        for (Node from : nodes) {
            for (Node to : nodes) {
                if (from.column() < to.column()) {
                    to.inputs()
                            .forEach(input -> all.add(new ReportEdge(
                                    from.name(),
                                    to.name(),
                                    input,
                                    null,
                                    0.001 * from.weight() * to.weight() * random.nextGaussian(),
                                    Interval.UNKNOWN,
                                    1)));
                }
            }
        }
        all.sort(STRONGEST);
        return IntStream.range(0, all.size())
                .mapToObj(place -> ranked(all.get(place), place + 1))
                .toList();
    }

    private static ReportEdge ranked(ReportEdge edge, int rank) {
        double error = 0.01 + Math.abs(edge.score()) / 5;
        Interval interval = new Interval(edge.score() - error, edge.score() + error);
        return new ReportEdge(edge.source(), edge.destination(), edge.input(), null, edge.score(), interval, rank);
    }

    private Study study(String name, int chosenEdges, TrainedMasks training) {
        Map<String, EdgeSum> reads = sums(ReportEdge::destination);
        Map<String, EdgeSum> writes = sums(ReportEdge::source);
        return new Study(
                name,
                chosenEdges + " of 32,491 edges keep 90% of the behaviour (87 to 93)",
                true,
                List.of(),
                facts(),
                edges.size(),
                chosenEdges,
                nodes.stream()
                        .map(node -> new ReportNode(
                                node.name(),
                                node.column(),
                                node.kind(),
                                reads.getOrDefault(node.name(), EdgeSum.NONE),
                                writes.getOrDefault(node.name(), EdgeSum.NONE)))
                        .toList(),
                edges.subList(0, MOST_EDGES),
                curve(),
                controls(),
                List.of(),
                List.of(answers(chosenEdges)),
                List.of(new Rejection("prompts.json#7", "the answer is two tokens")),
                training);
    }

    private static List<Fact> facts() {
        String counts =
                IntStream.rangeClosed(0, 400).mapToObj(Integer::toString).collect(Collectors.joining(","));
        List<Fact> options = new ArrayList<>(List.of(new Fact("--edge-counts", counts)));
        for (String name : List.of("metrics", "patch-type", "slice-output", "shuffle-seed", "tail-divergence")) {
            options.add(new Fact("--" + name, "faithfulness,kl_div_clean"));
        }
        return List.of(
                new Fact("Model", "/models/gpt2"),
                new Fact("Model fingerprint", "b6316506ae71a30affc7e710a10a66920e1fbddd77b37e79403923def2d3f291"),
                new Fact("Graph", "157 sources, 445 destinations, 32491 edges"),
                new Fact("Scored with", options.size() + " options", options),
                new Fact("Measured with", options.size() + " options", options));
    }

    private Map<String, EdgeSum> sums(Function<ReportEdge, String> end) {
        return edges.stream()
                .collect(Collectors.toMap(end, edge -> new EdgeSum(1, edge.score()), EdgeSum::plus, HashMap::new));
    }

    private static List<CurvePoint> curve() {
        return Stream.of("faithfulness", "kl_div_clean", "correct_answer_percent")
                .flatMap(metric -> SIZES.stream().map(size -> point(metric, size)))
                .toList();
    }

    private static CurvePoint point(String metric, int size) {
        double value = size / (size + 40.0);
        return new CurvePoint(
                "TREE_PATCH", "RESAMPLE", metric, size, size, value, new Interval(0.9 * value, 1.05 * value));
    }

    private static List<ControlPoint> controls() {
        return Stream.of("uniform", "by_layer")
                .flatMap(kind -> SIZES.subList(1, SIZES.size() - 1).stream()
                        .map(size -> new ControlPoint(
                                kind,
                                "faithfulness",
                                size,
                                size / 40_000.0,
                                new Interval(0, size / 33_000.0),
                                kind.equals("uniform") ? 0 : 0.1,
                                10)))
                .toList();
    }

    private static PromptAnswers answers(int edges) {
        String clean = "When Mary and John went to the store, John gave a drink to";
        return new PromptAnswers(
                clean,
                clean.replace("John gave", "Mary gave"),
                List.of(" Mary"),
                List.of(" John"),
                new CircuitAnswer(32_491, " Mary", 0.7f, 3.5f),
                List.of(new CircuitAnswer(edges, " Mary", 0.6f, 3.1f)));
    }
}
