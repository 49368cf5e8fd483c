package io.edgewise.jobs.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The labels of the token positions: a data set's {@code seq_labels}. */
public final class SeqLabels {
    /** Their key in a manifest. */
    public static final String KEY = "seq_labels";

    private static final String BOS = "<|BOS|>";

    private SeqLabels() {}

    /** The labels in a manifest of scores; empty where edges have no positions, or positions have no labels. */
    public static List<String> of(JsonNode manifest) {
        return StreamSupport.stream(manifest.path(KEY).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Labels as JSON, for a manifest. */
    public static ArrayNode json(List<String> labels) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        labels.forEach(json::add);
        return json;
    }

    /**
     * The labels of the positions that prompts run with.
     *
     * @param prefix how many tokens at the beginning are left out
     * @param length how many tokens prompts run with
     * @return empty where the first file has no labels, or where their number isn't that of its prompts' tokens
     */
    public static List<String> of(PromptSelection selection, int prefix, int length) {
        List<String> labels =
                new ArrayList<>(AutoCircuitJson.seqLabels(selection.uris().get(0)));
        if (!labels.isEmpty() && labels.size() == prefix + length - 1) {
            labels.add(0, BOS);
        }
        return labels.size() == prefix + length ? List.copyOf(labels.subList(prefix, labels.size())) : List.of();
    }
}
