package io.edgewise.reduce;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/**
 * A sum over batches whose last bit doesn't depend on how the batches were spread or in which order they arrived.
 *
 * <p>Floating-point addition is not associative, so the order of additions is fixed by the batch indices alone: a block
 * of {@code 2^k} batches that begins at a multiple of {@code 2^k} is always the sum of its left half and its right half,
 * and a missing half adds nothing. A state holds the largest blocks that are whole so far: about {@code log2(n)} vectors
 * where {@code n} neighbouring batches were added, whatever {@code n}.
 *
 * <p>{@code add} and {@code merge} change and return this total, and take over what they are given: sums are taken in the
 * arrays that came, without copies. A batch added twice is an error, never counted twice.
 */
public final class BatchTotal implements Serializable {
    private static final long serialVersionUID = 2L;

    /** Whole blocks by the batch index they begin at. */
    private final TreeMap<Integer, Block> blocks = new TreeMap<>();

    /** A whole block of {@code 2^level} batches. */
    private record Block(int level, long prompts, double[] sum) implements Serializable {
        long batches() {
            return 1L << level;
        }
    }

    /** Adds a batch, whose vector is this total's from now on. */
    public BatchTotal add(BatchVector batch) {
        put(batch.batchIndex(), new Block(0, batch.prompts(), batch.values()));
        return this;
    }

    /** Adds all batches of another total, which must not be used any more. */
    public BatchTotal merge(BatchTotal other) {
        for (Map.Entry<Integer, Block> entry : other.blocks.entrySet()) {
            put(entry.getKey(), entry.getValue());
        }
        return this;
    }

    /** Batches added so far. */
    public long batches() {
        return blocks.values().stream().mapToLong(Block::batches).sum();
    }

    /** Prompt pairs in the batches added so far. */
    public long prompts() {
        return blocks.values().stream().mapToLong(Block::prompts).sum();
    }

    /** Vectors that this total holds. */
    public int blocks() {
        return blocks.size();
    }

    /**
     * The index of the earliest batch added so far.
     *
     * @throws NoSuchElementException where none was added
     */
    public int firstBatch() {
        return blocks.firstKey();
    }

    /**
     * Takes out the block with the earliest batches, as a total of its own.
     *
     * @throws NoSuchElementException where none was added
     */
    public BatchTotal removeFirst() {
        Integer first = blocks.firstKey();
        BatchTotal alone = new BatchTotal();
        alone.blocks.put(first, blocks.remove(first));
        return alone;
    }

    /** The total of the elements from {@code start} to before {@code end} of the same batches: copies. */
    public BatchTotal range(int start, int end) {
        BatchTotal range = new BatchTotal();
        blocks.forEach((first, block) -> range.blocks.put(
                first, new Block(block.level(), block.prompts(), Arrays.copyOfRange(block.sum(), start, end))));
        return range;
    }

    /**
     * The sum over all batches.
     *
     * @throws IllegalStateException where none was added
     */
    public double[] finish() {
        if (blocks.isEmpty()) {
            throw new IllegalStateException("A total needs at least one batch");
        }
        long end = blocks.lastKey() + blocks.lastEntry().getValue().batches();
        long width = 1;
        while (width < end) {
            width *= 2;
        }
        return sumOf(0, width);
    }

    /** The sum of the batches in {@code [start, start + width)}, which hold at least one, as an array of its own. */
    private double[] sumOf(long start, long width) {
        Block block = blocks.get((int) start);
        if (block != null && block.batches() == width) {
            return block.sum().clone();
        }
        long half = width / 2;
        boolean left = holdsAny(start, start + half);
        boolean right = holdsAny(start + half, start + width);
        if (left && right) {
            return addTo(sumOf(start, half), sumOf(start + half, half));
        }
        return left ? sumOf(start, half) : sumOf(start + half, half);
    }

    private boolean holdsAny(long from, long to) {
        Integer first = from > Integer.MAX_VALUE ? null : blocks.ceilingKey((int) from);
        return first != null && first < to;
    }

    private void put(int start, Block block) {
        requireFree(start, block);
        while (true) {
            int width = 1 << block.level();
            boolean isLeft = (start & width) == 0;
            int sibling = start ^ width;
            Block other = blocks.get(sibling);
            if (other == null || other.level() != block.level()) {
                blocks.put(start, block);
                return;
            }
            double[] sum = isLeft ? addTo(block.sum(), other.sum()) : addTo(other.sum(), block.sum());
            blocks.remove(sibling);
            block = new Block(block.level() + 1, block.prompts() + other.prompts(), sum);
            start = Math.min(start, sibling);
        }
    }

    private void requireFree(int start, Block block) {
        Map.Entry<Integer, Block> before = blocks.floorEntry(start);
        Integer after = blocks.ceilingKey(start);
        if ((before != null && before.getKey() + before.getValue().batches() > start)
                || (after != null && after < start + block.batches())) {
            throw new IllegalStateException("Batch " + start + " was added twice");
        }
    }

    private static double[] addTo(double[] left, double[] right) {
        if (left.length != right.length) {
            throw new IllegalArgumentException(
                    "All batches of a total have vectors of one length, got " + left.length + " and " + right.length);
        }
        for (int i = 0; i < left.length; i++) {
            left[i] += right[i];
        }
        return left;
    }
}
