package io.edgewise.jobs.figure;

import java.util.List;
import org.apache.spark.sql.Row;

/** A drawing of a circuit from the rows of the table {@code circuits/}. */
public final class CircuitPicture {
    private CircuitPicture() {}

    /**
     * The drawing as a page of its own.
     *
     * @param circuit the circuit's rows, by rank
     * @param edges how many edges the whole graph has
     */
    public static String html(List<Row> circuit, int edges) {
        double largest = circuit.stream()
                .mapToDouble(row -> Math.abs(row.<Double>getAs("score")))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        List<DrawnEdge> byRank = circuit.stream().map(row -> edge(row, largest)).toList();
        return CircuitFigure.of(circuit.size(), edges, byRank, List.of(), 0).html();
    }

    private static DrawnEdge edge(Row row, double largest) {
        return DrawnEdge.of(
                node(row.getAs("source")),
                node(row.getAs("destination")),
                row.getAs("position"),
                row.<Double>getAs("score"),
                largest);
    }

    private static DrawnNode node(String name) {
        return new DrawnNode(name, NodeName.parse(name).column());
    }
}
