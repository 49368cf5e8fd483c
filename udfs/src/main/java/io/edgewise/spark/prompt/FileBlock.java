package io.edgewise.spark.prompt;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A part of a file that Spark reads in one go. How Spark cuts files into blocks and in which order it reads them depends on the cluster; blocks are in the
 * order of what they hold.
 *
 * @param start its first byte
 */
public record FileBlock(String file, long start) implements Comparable<FileBlock>, Serializable {
    private static final Comparator<FileBlock> ORDER =
            Comparator.comparing(FileBlock::file).thenComparing(FileBlock::start);

    @Override
    public int compareTo(FileBlock other) {
        return ORDER.compare(this, other);
    }
}
