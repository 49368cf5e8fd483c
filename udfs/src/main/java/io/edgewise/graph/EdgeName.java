package io.edgewise.graph;

import io.edgewise.InputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An edge as a file or an option names it.
 *
 * @param name AutoCircuit's, {@code A0.3->A1.2.Q}
 * @param position the token position, in brackets after the name; null for all positions
 */
public record EdgeName(String name, @Nullable Integer position) {
    private static final int LONGEST = 100;
    private static final Pattern FORM = Pattern.compile("([^\\[\\]]+->[^\\[\\]]+?)(?:\\[(\\d{1,7})])?");

    /**
     * Parses an edge's name.
     *
     * @throws InputException where it isn't the form of an edge's name
     */
    public static EdgeName parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (text.length() > LONGEST || !form.matches()) {
            String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
            throw new InputException("Not an edge name: \"" + shown + "\"; wanted SOURCE->DESTINATION, as A0.3->A1.2.Q,"
                    + " or with a token position, A0.3->A1.2.Q[5]");
        }
        return new EdgeName(form.group(1), form.group(2) == null ? null : Integer.valueOf(form.group(2)));
    }

    /** The name of the node that it runs from. */
    public String source() {
        return name.substring(0, name.indexOf("->"));
    }

    /** The name of the node that it runs to. */
    public String destination() {
        return name.substring(name.indexOf("->") + 2);
    }
}
