package io.edgewise.reduce;

/** What some batches add to one slice of the sum. */
public record SlicePart(SliceKey key, BatchTotal total) {}
