package io.edgewise.spark.kept;

import io.edgewise.reduce.BatchBlock;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a kept block, which says its batches: {@code 2^level} of them, from {@code first} on. */
public record BlockName(int first, int level) implements Serializable {
    private static final Pattern FILE = Pattern.compile("batches-(\\d{1,9})-(\\d{1,2})");

    /** The block that a file's name stands for; empty where the file is something else. */
    static Optional<BlockName> of(String file) {
        Matcher matcher = FILE.matcher(file);
        return matcher.matches() && Integer.parseInt(matcher.group(2)) <= BatchBlock.MOST_LEVELS
                ? Optional.of(new BlockName(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    String file() {
        return "batches-" + first + "-" + level;
    }

    /** How many batches. */
    public int batches() {
        return 1 << level;
    }

    /** The index after the last batch. */
    public int end() {
        return first + batches();
    }

    /** The largest blocks, which together hold each kept batch once. A block and its parts can both be kept. */
    public static List<BlockName> largest(List<BlockName> blocks) {
        List<BlockName> largest = new ArrayList<>();
        int end = 0;
        for (BlockName block : blocks.stream()
                .sorted(Comparator.comparingInt(BlockName::first)
                        .thenComparing(BlockName::level, Comparator.reverseOrder()))
                .toList()) {
            if (block.first() >= end) {
                largest.add(block);
                end = block.end();
            }
        }
        return List.copyOf(largest);
    }
}
