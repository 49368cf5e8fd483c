package io.edgewise.jobs;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node's name taken apart: {@code A1.2.Q} is the query input of node {@code A1.2}.
 *
 * @param input Q, K or V; empty where the node has one input
 * @param kind resid, head or mlp
 * @param column where the node stands from left to right, with gaps; {@link #END} for the end of the stream
 */
record NodeName(String node, String input, String kind, int column) {
    static final int END = Integer.MAX_VALUE;

    private static final Pattern HEAD = Pattern.compile("(A(\\d+)\\.\\d+)(?:\\.([QKV]))?");
    private static final Pattern OTHER = Pattern.compile("(Resid Mid|MLP|Resid Post) (\\d+)");
    private static final List<String> ORDER = List.of("A", "Resid Mid", "MLP", "Resid Post");

    static NodeName parse(String name) {
        Matcher head = HEAD.matcher(name);
        if (head.matches()) {
            String input = head.group(3) == null ? "" : head.group(3);
            return new NodeName(head.group(1), input, "head", column("A", head.group(2)));
        }
        Matcher other = OTHER.matcher(name);
        if (other.matches()) {
            String kind = other.group(1).equals("MLP") ? "mlp" : "resid";
            return new NodeName(name, "", kind, column(other.group(1), other.group(2)));
        }
        return new NodeName(name, "", "resid", name.equals("Resid Start") ? 0 : END);
    }

    private static int column(String part, String block) {
        return 1 + ORDER.indexOf(part) + ORDER.size() * Integer.parseInt(block);
    }
}
