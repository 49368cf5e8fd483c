package io.edgewise.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A batch that is run in pieces, one after another, because it doesn't fit into memory whole. Means over the batch are still over the whole batch.
 *
 * @param whole the batch
 * @param pieces its prompts, in order, in batches of the same index and length
 */
public record BatchPieces(PromptBatch whole, List<PromptBatch> pieces) {
    public BatchPieces {
        pieces = List.copyOf(pieces);
        int prompts = pieces.stream().mapToInt(PromptBatch::size).sum();
        if (prompts != whole.size()) {
            throw new IllegalArgumentException(
                    "The pieces of a batch of " + whole.size() + " prompts have as many, got " + prompts);
        }
    }

    /** A batch in one piece. */
    public static BatchPieces whole(PromptBatch batch) {
        return new BatchPieces(batch, List.of(batch));
    }

    /** A batch in as few pieces of at most {@code most} prompts as possible, all of about the same size. */
    public static BatchPieces of(PromptBatch batch, int most) {
        int count = (batch.size() - 1) / most + 1;
        if (count == 1) {
            return whole(batch);
        }
        List<PromptBatch> pieces = new ArrayList<>();
        IntStream.range(0, count).forEach(piece -> {
            int start = (int) ((long) batch.size() * piece / count);
            int end = (int) ((long) batch.size() * (piece + 1) / count);
            pieces.add(batch.part(start, end));
        });
        return new BatchPieces(batch, pieces);
    }

    public int count() {
        return pieces.size();
    }
}
