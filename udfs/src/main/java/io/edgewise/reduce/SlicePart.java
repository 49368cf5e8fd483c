package io.edgewise.reduce;

/** A partial sum: what some batches add to one slice of the sum. */
public record SlicePart(SliceKey key, BatchTotal total) {}
