package io.edgewise.jobs.figure;

import io.edgewise.InputException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A drawing of a circuit: nodes in columns by layer, edges as ribbons as wide as their scores are large.
 *
 * @param edges either all with a position, for one panel per position, or all without, for one panel
 * @param seqLabels what the tokens at the positions are called; may be empty
 * @param scoreThreshold the minimum absolute score of an edge that is drawn
 */
public record CircuitFigure(String title, List<DrawnEdge> edges, List<String> seqLabels, double scoreThreshold) {
    /** The most edges in a figure; nobody can read a picture of more. */
    public static final int MOST_EDGES = 2_000;

    public CircuitFigure {
        edges = List.copyOf(edges);
        seqLabels = List.copyOf(seqLabels);
        if (!(scoreThreshold >= 0 && Double.isFinite(scoreThreshold))) {
            throw new IllegalArgumentException("A score threshold is at least 0, got " + scoreThreshold);
        }
        checkPositions(edges);
        checkLayers(edges);
        checkCount(edges.stream().filter(edge -> edge.size() >= scoreThreshold).count());
    }

    /**
     * A drawing of the strongest edges of a circuit, at most {@link #MOST_EDGES}.
     *
     * @param size how many edges the circuit has
     * @param all how many edges the whole graph has
     * @param byRank the circuit's edges, the strongest first
     */
    static CircuitFigure of(int size, int all, List<DrawnEdge> byRank, List<String> seqLabels, double scoreThreshold) {
        List<DrawnEdge> strongest = byRank.subList(0, Math.min(byRank.size(), MOST_EDGES));
        String title = size + " of " + all + " edges"
                + (strongest.size() < byRank.size() ? ", the strongest " + strongest.size() + " drawn" : "");
        return new CircuitFigure(title, strongest, seqLabels, scoreThreshold);
    }

    /** The drawing as an SVG document of its own, to be stored as UTF-8. */
    public String svg() {
        return new FigureSvg(this).document();
    }

    /** One page with the drawing, its legend and its edges as a table, to be stored as UTF-8. */
    public String html() {
        return new FigurePage(this).render();
    }

    /** The edges over the threshold. */
    List<DrawnEdge> drawn() {
        return edges.stream().filter(edge -> edge.size() >= scoreThreshold).toList();
    }

    private static void checkPositions(List<DrawnEdge> edges) {
        long positioned = edges.stream().filter(edge -> edge.position() != null).count();
        if (positioned != 0 && positioned != edges.size()) {
            throw new IllegalArgumentException(
                    "All edges of a figure have a position or none has one, got " + positioned + " of " + edges.size());
        }
    }

    private static void checkLayers(List<DrawnEdge> edges) {
        Map<String, Integer> layers = new HashMap<>();
        edges.stream()
                .flatMap(edge -> Stream.of(edge.source(), edge.destination()))
                .forEach(node -> {
                    Integer other = layers.putIfAbsent(node.node(), node.layer());
                    if (other != null && other != node.layer()) {
                        throw new IllegalArgumentException(
                                "A node has one layer, got " + other + " and " + node.layer() + " for " + node.node());
                    }
                });
    }

    private static void checkCount(long drawn) {
        if (drawn > MOST_EDGES) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "A figure draws at most %,d edges, got %,d; give a higher --render-score-threshold or fewer"
                            + " --edge-counts",
                    MOST_EDGES,
                    drawn));
        }
    }
}
