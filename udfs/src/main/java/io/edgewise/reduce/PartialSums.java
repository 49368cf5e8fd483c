package io.edgewise.reduce;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An iterator that sums neighbouring batches where they are made, and cuts the sums into slices.
 *
 * <p>It holds whole vectors: the last one and at most {@code room} partial sums. The earliest partial sum leaves first, since the earliest
 * block is the last one to grow. With room for k of them, n neighbouring batches that come in order leave as about {@code n / 2^k} vectors.
 * With large k they leave as few vectors as {@code n} has ones in binary; without room, every batch leaves as it is. A vector that leaves
 * is cut one slice at a time, and the next batch is not made before all its slices have left.
 */
public final class PartialSums implements Iterator<SlicePart> {
    private final Iterator<BatchBlock> batches;
    private final Slices slices;
    private final LongSupplier room;
    private final GrownBlocks grown;
    private final BatchTotal held = new BatchTotal();
    private @Nullable BatchTotal leaving;
    private int slice;

    /**
     * @param room how many partial sums may be held, asked after each batch
     * @param grown is called with the block that each batch was added to
     */
    public PartialSums(Iterator<BatchBlock> batches, Slices slices, LongSupplier room, GrownBlocks grown) {
        this.batches = batches;
        this.slices = slices;
        this.room = room;
        this.grown = grown;
    }

    @Override
    public boolean hasNext() {
        while (leaving == null && held.blocks() <= room.getAsLong() && batches.hasNext()) {
            BatchBlock block = checked(batches.next());
            held.add(block);
            grown.accept(block.first(), held.blockOf(block.first()));
        }
        if (leaving == null && held.blocks() > 0) {
            leaving = held.removeFirst();
            slice = 0;
        }
        return leaving != null;
    }

    @Override
    public SlicePart next() {
        if (!hasNext() || leaving == null) {
            throw new NoSuchElementException("All partial sums have left");
        }
        SlicePart part = new SlicePart(
                new SliceKey(slice, leaving.firstBatch()), leaving.range(slices.start(slice), slices.end(slice)));
        slice++;
        if (slice == slices.count()) {
            leaving = null;
        }
        return part;
    }

    private BatchBlock checked(BatchBlock block) {
        if (block.sum().length != slices.length()) {
            throw new IllegalStateException(
                    "Batch " + block.first() + " has " + block.sum().length + " numbers, wanted " + slices.length());
        }
        return block;
    }
}
