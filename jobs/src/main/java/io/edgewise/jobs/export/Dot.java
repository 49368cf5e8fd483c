package io.edgewise.jobs.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A writer of Graphviz' DOT, the strongest edge first. An edge is wider the larger its absolute score is. An edge is red where its
 * score is negative, that is, where it hinders the answer.
 */
final class Dot {
    private static final double WIDEST = 5;
    private static final double NARROWEST = 0.3;

    private Dot() {}

    static void write(ChosenEdges chosen, OutputStream out) throws IOException {
        List<GraphEdge> edges = GraphEdge.of(chosen);
        double largest = edges.stream()
                .mapToDouble(edge -> Math.abs(edge.score()))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        text.write("digraph circuit {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n");
        for (GraphNode node : GraphEdge.nodes(edges)) {
            text.write("  \"" + node.name() + "\" [kind=" + node.kind() + "];\n");
        }
        for (GraphEdge edge : edges) {
            text.write("  " + line(edge, largest) + "\n");
        }
        text.write("}\n");
        text.flush();
    }

    private static String line(GraphEdge edge, double largest) {
        String position = edge.position() == null ? "" : "[" + edge.position() + "]";
        double width = Math.max(NARROWEST, WIDEST * Math.min(1, Math.abs(edge.score()) / largest));
        return String.format(
                Locale.ROOT,
                "\"%s\" -> \"%s\" [label=\"%s\", score=\"%s\", penwidth=%.2f, color=%s];",
                edge.source().name(),
                edge.destination().name(),
                edge.input() + position,
                edge.score(),
                width,
                edge.score() < 0 ? "red" : "black");
    }
}
