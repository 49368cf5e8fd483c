package io.edgewise.reduce;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * What else is known of some batches: unusual things that happened, and how often the model was right. It travels with the batches' sums, and so
 * is as exact.
 *
 * @param split batches that were run in pieces
 * @param unfit prompts that don't fit into memory even alone, and are not in the sums
 * @param right how often the whole model was right, where that was counted
 */
public record BatchNotes(int split, List<Unfit> unfit, RightAnswers right) implements Serializable {
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

    /** Notes of batches in which nobody counted right answers. */
    public BatchNotes(int split, List<Unfit> unfit) {
        this(split, unfit, RightAnswers.NONE);
    }

    /** Notes of nothing but right answers. */
    public static BatchNotes of(RightAnswers right) {
        return new BatchNotes(0, List.of(), right);
    }

    /** The notes of these batches and of others. */
    public BatchNotes with(BatchNotes more) {
        if (this.equals(NONE)) {
            return more;
        }
        return new BatchNotes(
                split + more.split,
                Stream.concat(unfit.stream(), more.unfit.stream()).toList(),
                right.with(more.right));
    }
}
