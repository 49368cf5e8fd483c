package io.edgewise.jobs.figure;

import java.util.regex.Pattern;

/**
 * An end of a drawn edge.
 *
 * @param name AutoCircuit's name, {@code Resid Start} or {@code A1.2.Q}
 * @param layer the node's layer; nodes of one layer stand in one column, higher layers further right
 */
public record DrawnNode(String name, int layer) {
    private static final Pattern HEAD_INPUT = Pattern.compile("\\.[QKV]$");

    /** The node that is drawn: an input of a head is drawn as the head. */
    String node() {
        return HEAD_INPUT.matcher(name).replaceFirst("");
    }

    /** What the box says. */
    String shown() {
        return label(node());
    }

    static String label(String node) {
        return switch (node) {
            case "Resid Start" -> "Embed";
            case "Resid End" -> "Unembed";
            default -> node;
        };
    }
}
