package io.edgewise.jobs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node's name taken apart: {@code A1.2.Q} is the query input of node {@code A1.2}.
 *
 * @param input Q, K or V; empty where the node has one input
 * @param kind resid, head or mlp
 * @param column where the node stands from left to right; {@link #END} for the end of the stream
 */
record NodeName(String node, String input, String kind, int column) {
    static final int END = Integer.MAX_VALUE;

    private static final Pattern HEAD = Pattern.compile("(A(\\d+)\\.\\d+)(?:\\.([QKV]))?");
    private static final Pattern MLP = Pattern.compile("MLP (\\d+)");

    static NodeName parse(String name) {
        Matcher head = HEAD.matcher(name);
        if (head.matches()) {
            String input = head.group(3) == null ? "" : head.group(3);
            return new NodeName(head.group(1), input, "head", 1 + 2 * Integer.parseInt(head.group(2)));
        }
        Matcher mlp = MLP.matcher(name);
        if (mlp.matches()) {
            return new NodeName(name, "", "mlp", 2 + 2 * Integer.parseInt(mlp.group(1)));
        }
        return new NodeName(name, "", "resid", name.equals("Resid Start") ? 0 : END);
    }
}
