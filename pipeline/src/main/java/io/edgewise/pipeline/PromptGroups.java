package io.edgewise.pipeline;

import io.edgewise.reduce.BatchNotes.Unfit;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The group of each prompt.
 *
 * @param names the groups' names, in their order
 * @param ofBatches for each batch, the place of each prompt's group among the names; -1 where it is in no group
 */
public record PromptGroups(List<String> names, Map<Integer, List<Integer>> ofBatches) implements Serializable {
    private static final int OF_NONE = -1;

    /** @param placed {@code (batch_index, place, group)} of every prompt in batches */
    static PromptGroups of(Dataset<Row> placed) {
        List<Row> rows = placed.orderBy("batch_index", "place").collectAsList();
        TreeSet<String> names = new TreeSet<>();
        rows.stream()
                .map(row -> row.<String>getAs("group"))
                .filter(Objects::nonNull)
                .forEach(names::add);
        List<String> ordered = List.copyOf(names);
        TreeMap<Integer, List<Integer>> ofBatches = new TreeMap<>();
        for (Row row : rows) {
            String group = row.getAs("group");
            ofBatches
                    .computeIfAbsent(row.getAs("batch_index"), batch -> new ArrayList<>())
                    .add(group == null ? OF_NONE : ordered.indexOf(group));
        }
        return new PromptGroups(ordered, ofBatches);
    }

    /** These groups without the prompts that were left out because they don't fit into memory. */
    PromptGroups without(List<Unfit> unfit) {
        TreeMap<Integer, List<Integer>> fitting = new TreeMap<>(ofBatches);
        for (Unfit prompt : unfit) {
            List<Integer> left = new ArrayList<>(fitting.get(prompt.batch()));
            left.set(prompt.place(), null);
            fitting.put(prompt.batch(), left);
        }
        fitting.replaceAll(
                (batch, groups) -> groups.stream().filter(Objects::nonNull).toList());
        return new PromptGroups(names, fitting);
    }
}
