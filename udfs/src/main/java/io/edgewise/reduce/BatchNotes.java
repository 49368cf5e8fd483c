package io.edgewise.reduce;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * Unusual things that happened to some batches. They travel with the batches' sums, and so are as exact.
 *
 * @param split batches that were run in pieces
 * @param unfit prompts that don't fit into memory even alone, and are not in the sums
 */
public record BatchNotes(int split, List<Unfit> unfit) implements Serializable {
    public static final BatchNotes NONE = new BatchNotes(0, List.of());

    /**
     * A prompt that doesn't fit.
     *
     * @param batch index of its batch
     * @param place its place in the batch
     */
    public record Unfit(int batch, int place) implements Serializable {}

    public BatchNotes {
        unfit = List.copyOf(unfit);
    }

    BatchNotes with(BatchNotes more) {
        if (this.equals(NONE)) {
            return more;
        }
        return new BatchNotes(
                split + more.split,
                Stream.concat(unfit.stream(), more.unfit.stream()).toList());
    }
}
