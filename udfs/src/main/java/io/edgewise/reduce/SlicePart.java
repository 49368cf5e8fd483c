package io.edgewise.reduce;

/**
 * What some batches add to one slice of the sum.
 *
 * @param slice the slice's place among all slices
 */
public record SlicePart(int slice, BatchTotal total) {}
