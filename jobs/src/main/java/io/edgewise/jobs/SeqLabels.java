package io.edgewise.jobs;

import io.edgewise.jobs.files.AutoCircuitJson;
import io.edgewise.jobs.files.PromptSelection;
import java.util.ArrayList;
import java.util.List;

/** What the tokens at each position are called: a data set's {@code seq_labels}. */
final class SeqLabels {
    private static final String BOS = "<|BOS|>";

    private SeqLabels() {}

    /**
     * The labels of the positions that prompts run with.
     *
     * @param prefix tokens at the beginning that don't
     * @param length tokens that do
     * @return empty where the first file has none, or other than as many as its prompts have tokens
     */
    static List<String> of(PromptSelection selection, int prefix, int length) {
        List<String> labels =
                new ArrayList<>(AutoCircuitJson.seqLabels(selection.uris().get(0)));
        if (!labels.isEmpty() && labels.size() == prefix + length - 1) {
            labels.add(0, BOS);
        }
        return labels.size() == prefix + length ? List.copyOf(labels.subList(prefix, labels.size())) : List.of();
    }
}
