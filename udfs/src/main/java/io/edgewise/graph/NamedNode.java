package io.edgewise.graph;

import io.edgewise.InputException;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A node as AutoCircuit's name describes it, without the graph.
 *
 * @param block the transformer block, from 0; null for the start and the end of the stream, which are in none
 * @param head null for a node that isn't a head
 * @param input Q, K or V; null for a source, and for a destination that has one input
 */
public record NamedNode(Kind kind, @Nullable Integer block, @Nullable Integer head, @Nullable String input) {
    private static final int LONGEST = 100;
    private static final Pattern HEAD = Pattern.compile("A(\\d{1,7})\\.(\\d{1,7})(?:\\.([QKV]))?");
    private static final Pattern OTHER = Pattern.compile("(MLP|Resid Mid|Resid Post) (\\d{1,7})");

    /** What a node is. */
    public enum Kind {
        START,
        HEAD,
        MLP,
        RESID_MID,
        RESID_POST,
        END
    }

    /**
     * Parses a node's name.
     *
     * @throws InputException where no node has such a name
     */
    public static NamedNode parse(String name) {
        Matcher head = HEAD.matcher(name);
        if (head.matches()) {
            return new NamedNode(Kind.HEAD, number(head, 1), number(head, 2), head.group(3));
        }
        Matcher other = OTHER.matcher(name);
        if (other.matches()) {
            return new NamedNode(otherKind(other.group(1)), number(other, 2), null, null);
        }
        return switch (name) {
            case "Resid Start" -> new NamedNode(Kind.START, null, null, null);
            case "Resid End" -> new NamedNode(Kind.END, null, null, null);
            default ->
                throw new InputException("Not a node name: \""
                        + (name.length() > LONGEST ? name.substring(0, LONGEST) + "..." : name)
                        + "\"; wanted one like A0.3, A1.2.Q, MLP 1, Resid Start or Resid End");
        };
    }

    private static Kind otherKind(String part) {
        return switch (part) {
            case "MLP" -> Kind.MLP;
            case "Resid Mid" -> Kind.RESID_MID;
            default -> Kind.RESID_POST;
        };
    }

    private static Integer number(MatchResult match, int group) {
        return Integer.valueOf(match.group(group));
    }
}
