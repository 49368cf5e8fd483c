package io.edgewise.jobs.figure;

import java.util.List;
import org.apache.spark.sql.Row;

/** The drawing of a circuit as the table {@code circuits/} has it. */
public final class CircuitPicture {
    private CircuitPicture() {}

    /**
     * A page of its own.
     *
     * @param circuit its rows by rank
     * @param edges of the whole graph
     */
    public static String html(List<Row> circuit, int edges) {
        double largest = circuit.stream()
                .mapToDouble(row -> Math.abs(row.<Double>getAs("score")))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        List<DrawnEdge> strongest = circuit.stream()
                .limit(CircuitFigure.MOST_EDGES)
                .map(row -> edge(row, largest))
                .toList();
        String title = circuit.size() + " of " + edges + " edges"
                + (strongest.size() < circuit.size() ? ", the strongest " + strongest.size() + " drawn" : "");
        return new CircuitFigure(title, strongest, List.of(), 0).html();
    }

    /** An edge that ACDC never removes has an infinite score; it is drawn as wide as the widest edge. */
    private static DrawnEdge edge(Row row, double largest) {
        double score = row.<Double>getAs("score");
        return new DrawnEdge(
                node(row.getAs("source")),
                node(row.getAs("destination")),
                row.getAs("position"),
                Math.max(-largest, Math.min(largest, score)));
    }

    private static DrawnNode node(String name) {
        return new DrawnNode(name, NodeName.parse(name).column());
    }
}
