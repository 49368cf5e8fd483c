package io.edgewise.reduce;

import java.io.Serializable;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/**
 * A sum over batches. No bit of it depends on how the batches were spread or in which order they arrived.
 *
 * <p>Floating-point addition is not associative, so the order of additions is fixed by the batch indices alone: a block of {@code 2^k}
 * batches that begins at a multiple of {@code 2^k} is always the sum of its left half and its right half, and a missing half adds nothing.
 * A total holds the largest blocks that are whole so far: about {@code log2(n)} vectors where {@code n} neighbouring batches were added.
 *
 * <p>{@code add} and {@code merge} change and return this total, and take over what they are given: they add in place, in the given arrays.
 * Adding a batch twice is an error.
 */
public final class BatchTotal implements Serializable {
    private static final long serialVersionUID = 2L;

    /** The whole blocks, by the index of their first batch. */
    private final TreeMap<Integer, BatchBlock> blocks = new TreeMap<>();

    /** Adds a batch, and takes over its vector. */
    public BatchTotal add(BatchVector batch) {
        return add(BatchBlock.of(batch));
    }

    /** Adds a block of batches that were summed before. */
    public BatchTotal add(BatchBlock block) {
        put(block);
        return this;
    }

    /**
     * The block that a batch is in.
     *
     * @throws NoSuchElementException where the batch was not added
     */
    public BatchBlock blockOf(int batch) {
        Map.Entry<Integer, BatchBlock> block = blocks.floorEntry(batch);
        if (block == null || block.getValue().end() <= batch) {
            throw new NoSuchElementException("Batch " + batch + " was not added");
        }
        return block.getValue();
    }

    /** Adds all batches of another total, which must not be used any more. */
    public BatchTotal merge(BatchTotal other) {
        other.blocks.values().forEach(this::put);
        return this;
    }

    /** How many batches were added so far. */
    public long batches() {
        return blocks.values().stream().mapToLong(BatchBlock::batches).sum();
    }

    /** How many prompt pairs are in the batches added so far. */
    public long prompts() {
        return blocks.values().stream().mapToLong(BatchBlock::prompts).sum();
    }

    /** What was out of the ordinary in the batches added so far, in their order. */
    public BatchNotes notes() {
        return blocks.values().stream().map(BatchBlock::notes).reduce(BatchNotes.NONE, BatchNotes::with);
    }

    /** How many vectors this total holds. */
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
     * Removes the block with the earliest batches, and returns it as a total of its own.
     *
     * @throws NoSuchElementException where none was added
     */
    public BatchTotal removeFirst() {
        Integer first = blocks.firstKey();
        BatchTotal alone = new BatchTotal();
        alone.blocks.put(first, blocks.remove(first));
        return alone;
    }

    /** A copy with the elements from {@code start} to before {@code end}, of the same batches. */
    public BatchTotal range(int start, int end) {
        BatchTotal range = new BatchTotal();
        blocks.values().forEach(block -> range.blocks.put(block.first(), block.range(start, end)));
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
        long end = blocks.lastEntry().getValue().end();
        long width = 1;
        while (width < end) {
            width *= 2;
        }
        return sumOf(0, width);
    }

    /** The sum of the batches in {@code [start, start + width)}, as a new array; at least one batch must be there. */
    private double[] sumOf(long start, long width) {
        BatchBlock block = blocks.get((int) start);
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

    private void put(BatchBlock added) {
        requireFree(added);
        BatchBlock block = added;
        while (true) {
            BatchBlock other = blocks.get(block.sibling());
            if (other == null || other.level() != block.level()) {
                blocks.put(block.first(), block);
                return;
            }
            blocks.remove(other.first());
            block = block.with(other);
        }
    }

    private void requireFree(BatchBlock block) {
        Map.Entry<Integer, BatchBlock> before = blocks.floorEntry(block.first());
        Integer after = blocks.ceilingKey(block.first());
        if ((before != null && before.getValue().end() > block.first()) || (after != null && after < block.end())) {
            throw new IllegalStateException("Batch " + block.first() + " was added twice");
        }
    }

    static double[] addTo(double[] left, double[] right) {
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
