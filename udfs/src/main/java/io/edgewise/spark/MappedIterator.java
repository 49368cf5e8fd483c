package io.edgewise.spark;

import java.util.Iterator;
import java.util.function.Function;

/** An iterator that maps one element at a time, so that a task holds one batch, not a partition. */
public record MappedIterator<T, R>(Iterator<T> source, Function<T, R> function) implements Iterator<R> {
    @Override
    public boolean hasNext() {
        return source.hasNext();
    }

    @Override
    public R next() {
        return function.apply(source.next());
    }
}
