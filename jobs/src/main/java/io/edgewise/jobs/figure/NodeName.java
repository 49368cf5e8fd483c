package io.edgewise.jobs.figure;

import io.edgewise.graph.NamedNode;
import java.util.Objects;

/**
 * A node's name as a page shows it: {@code A1.2.Q} is the query input of node {@code A1.2}.
 *
 * @param input Q, K or V; empty where the node has one input
 * @param kind resid, head or mlp
 * @param column the node's column from left to right, with gaps; {@link #END} for the end of the stream
 */
public record NodeName(String node, String input, String kind, int column) {
    static final int END = Integer.MAX_VALUE;

    private static final int COLUMNS_OF_A_BLOCK = 4;

    public static NodeName parse(String name) {
        NamedNode named = NamedNode.parse(name);
        String input = named.input();
        String node = input == null ? name : name.substring(0, name.length() - 1 - input.length());
        return switch (named.kind()) {
            case START -> new NodeName(node, "", "resid", 0);
            case HEAD -> new NodeName(node, input == null ? "" : input, "head", column(named, 0));
            case RESID_MID -> new NodeName(node, "", "resid", column(named, 1));
            case MLP -> new NodeName(node, "", "mlp", column(named, 2));
            case RESID_POST -> new NodeName(node, "", "resid", column(named, 3));
            case END -> new NodeName(node, "", "resid", END);
        };
    }

    private static int column(NamedNode named, int place) {
        return 1 + place + COLUMNS_OF_A_BLOCK * Objects.requireNonNull(named.block());
    }
}
