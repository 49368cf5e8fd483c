package io.edgewise;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.graph.Edge;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Scores that EAP-IG made, {@code methods/eapig.json}. They are sums over batches of {@code <gradient of the batch's mean loss, change>},
 * divided by the number of prompts.
 */
public record EapIgGolden(Golden golden, JsonNode scores) {
    /** The models that have such scores. */
    public static final List<String> MODELS = List.of("tiny-gpt2", "tiny-llama", "tiny-neox");

    /** The batch size that they were made with. */
    public static final int BATCH_SIZE = 4;

    private static final Pattern HEAD = Pattern.compile("A(\\d+)\\.(\\d+)(?:\\.([QKV]))?");

    public static EapIgGolden of(String model) {
        JsonNode scores = Golden.json(Golden.ROOT.resolve(model).resolve("methods/eapig.json"))
                .get("scores");
        return new EapIgGolden(Golden.of(model + "/qkv"), scores);
    }

    /** The scores of a method, in the canonical order of our edges, as sums over batches. */
    public double[] scores(String method) {
        ModelGraph graph = golden.model().graph();
        int prompts = golden.batches().size() * BATCH_SIZE;
        JsonNode byName = scores.get(method);
        double[] found = new double[graph.edgeCount()];
        for (int edge = 0; edge < found.length; edge++) {
            found[edge] = prompts * byName.get(name(graph.edge(edge))).asDouble();
        }
        return found;
    }

    /** EAP-IG's name of an edge: {@code a0.h3->a1.h2<q>}. */
    private static String name(Edge edge) {
        SourceNode source = edge.source();
        String from = source.kind() == SourceNode.Kind.START ? "input" : node(source.name());
        String destination = edge.destination().name();
        return from + "->" + (destination.equals("Resid End") ? "logits" : node(destination));
    }

    private static String node(String ours) {
        Matcher head = HEAD.matcher(ours);
        if (!head.matches()) {
            return "m" + ours.replaceAll("\\D", "");
        }
        String input = head.group(3) == null ? "" : "<" + head.group(3).toLowerCase(java.util.Locale.ROOT) + ">";
        return "a" + head.group(1) + ".h" + head.group(2) + input;
    }

    @Override
    public String toString() {
        return golden.toString();
    }
}
