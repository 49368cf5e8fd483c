package io.edgewise.jobs.report;

import io.edgewise.jobs.figure.CircuitPlan;
import io.edgewise.jobs.figure.DrawnEdge;
import io.edgewise.jobs.figure.DrawnNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The laid-out circuits of a page: the one that is shown first, some of round sizes, and each node with its edges. */
final class DrawnCircuits {
    /** The most edges in a picture that a reader can follow. */
    private static final int MOST_EDGES = 400;

    private static final int[] SIZES = {12, 25, 50, 100, 200, MOST_EDGES};

    private final Map<String, Integer> columns;
    private final List<Optional<DrawnEdge>> edges = new ArrayList<>();

    private DrawnCircuits(List<ReportNode> nodes) {
        columns = nodes.stream().collect(Collectors.toMap(ReportNode::name, ReportNode::column));
    }

    static List<DrawnCircuit> of(Study study) {
        double largest = largest(study.edges().stream().mapToDouble(ReportEdge::score));
        DrawnCircuits drawn = new DrawnCircuits(study.nodes());
        study.edges().forEach(edge -> drawn.add(edge.source(), edge.destination(), edge.score(), largest));
        return drawn.circuits(
                IntStream.concat(IntStream.of(SIZES), IntStream.of(Math.min(study.chosenEdges(), MOST_EDGES)))
                        .mapToObj(size -> place -> place < size));
    }

    /** The laid-out circuits of a comparison. An edge's width is its score relative to the largest of its side, on the side where that is greater. */
    static List<DrawnCircuit> of(Comparison comparison) {
        List<EdgePair> pairs = comparison.edges();
        double[] largest = IntStream.range(0, comparison.sides().size())
                .mapToDouble(side ->
                        largest(pairs.stream().mapToDouble(pair -> pair.scores().get(side))))
                .toArray();
        DrawnCircuits drawn = new DrawnCircuits(comparison.nodes());
        for (EdgePair pair : pairs) {
            double share = IntStream.range(0, largest.length)
                    .mapToDouble(side -> Math.abs(pair.scores().get(side)) / largest[side])
                    .max()
                    .orElse(0);
            drawn.add(pair.source(), pair.destination(), share, 1);
        }
        IntPredicate chosen = place -> IntStream.range(0, largest.length)
                .anyMatch(side -> pairs.get(place).ranks().get(side)
                        <= Math.min(comparison.sides().get(side).chosenEdges(), MOST_EDGES));
        return drawn.circuits(Stream.concat(
                Stream.of(chosen),
                IntStream.of(SIZES)
                        .mapToObj(size ->
                                place -> pairs.get(place).ranks().stream().anyMatch(rank -> rank <= size))));
    }

    private static double largest(DoubleStream scores) {
        return scores.map(Math::abs).filter(Double::isFinite).max().orElse(1);
    }

    private void add(String source, String destination, double score, double largest) {
        Integer from = columns.get(source);
        Integer to = columns.get(destination);
        edges.add(
                from == null || to == null || from >= to
                        ? Optional.empty()
                        : Optional.of(DrawnEdge.of(
                                new DrawnNode(source, from), new DrawnNode(destination, to), null, score, largest)));
    }

    private List<DrawnCircuit> circuits(Stream<IntPredicate> some) {
        Stream<List<Integer>> sizes = some.map(has -> places(has).toList());
        Stream<List<Integer>> nodes = columns.keySet().stream().sorted().map(node -> places(
                        place -> edges.get(place).orElseThrow().touches(node))
                .limit(MOST_EDGES)
                .toList());
        return Stream.concat(sizes, nodes)
                .filter(places -> !places.isEmpty())
                .distinct()
                .sorted(Comparator.comparingInt(List::size))
                .map(this::laidOut)
                .toList();
    }

    private Stream<Integer> places(IntPredicate has) {
        return IntStream.range(0, edges.size())
                .filter(place -> edges.get(place).isPresent() && has.test(place))
                .boxed();
    }

    private DrawnCircuit laidOut(List<Integer> places) {
        return new DrawnCircuit(
                places,
                CircuitPlan.of(places.stream()
                        .map(place -> edges.get(place).orElseThrow())
                        .toList()));
    }
}
