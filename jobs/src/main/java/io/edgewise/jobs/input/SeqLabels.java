package io.edgewise.jobs.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** What the tokens at each position are called: a data set's {@code seq_labels}. */
public final class SeqLabels {
    /** Where manifests have them. */
    public static final String KEY = "seq_labels";

    private static final String BOS = "<|BOS|>";

    private SeqLabels() {}

    /** The labels that a manifest of scores has; empty where edges have no positions, or those no labels. */
    public static List<String> of(JsonNode manifest) {
        return StreamSupport.stream(manifest.path(KEY).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Labels as a manifest has them. */
    public static ArrayNode json(List<String> labels) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        labels.forEach(json::add);
        return json;
    }

    /**
     * The labels of the positions that prompts run with.
     *
     * @param prefix tokens at the beginning that don't
     * @param length tokens that do
     * @return empty where the first file has none, or other than as many as its prompts have tokens
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
