package io.edgewise.reduce;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An iterator that finishes slices one after another, from parts in the order of their keys. It holds the blocks of one slice at a time.
 */
public final class FinishedSlices implements Iterator<SliceSum> {
    private final Iterator<SlicePart> parts;
    private @Nullable SlicePart ahead;

    public FinishedSlices(Iterator<SlicePart> parts) {
        this.parts = parts;
        advance();
    }

    @Override
    public boolean hasNext() {
        return ahead != null;
    }

    @Override
    public SliceSum next() {
        if (ahead == null) {
            throw new NoSuchElementException("All slices are finished");
        }
        int slice = ahead.key().slice();
        BatchTotal total = new BatchTotal();
        while (ahead != null && ahead.key().slice() == slice) {
            total.merge(ahead.total());
            advance();
        }
        return new SliceSum(slice, total.batches(), total.prompts(), total.finish(), total.notes());
    }

    private void advance() {
        ahead = parts.hasNext() ? parts.next() : null;
    }
}
